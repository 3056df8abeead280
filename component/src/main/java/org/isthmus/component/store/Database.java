package org.isthmus.component.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** Opens the store and brings its schema up to date. The SQL is one text that H2 and PostgreSQL both take. */
public final class Database {

    private Database() {}

    /**
     * The embedded store in the state folder.
     *
     * <p>{@code WRITE_DELAY=0}: with H2's default a crash loses every commit of the last half second.
     */
    public static String embeddedUrl(StateFolder folder) {
        return "jdbc:h2:file:" + folder.resolve("isthmus").toAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=5000";
    }

    /**
     * Migrates the schema and connects.
     *
     * @throws SQLException when the database cannot be opened
     */
    public static Connection open(String url, String user, String password) throws SQLException {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(url, user, password)
                .locations("classpath:org/isthmus/component/store/migration")
                .load()
                .migrate();
        Connection connection = DriverManager.getConnection(url, user, password);
        connection.setAutoCommit(false);
        return connection;
    }
}
