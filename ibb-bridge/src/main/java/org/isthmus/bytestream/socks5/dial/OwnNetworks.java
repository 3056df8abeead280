package org.isthmus.bytestream.socks5.dial;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** The networks that this host is in: the default of what may be dialled. */
public final class OwnNetworks {

    private OwnNetworks() {}

    /**
     * The networks of all interfaces that are up, without loopback and link-local ones. Asks the operating system.
     *
     * @throws SocketException when the operating system does not tell
     */
    public static List<IpNetwork> find() throws SocketException {
        List<IpNetwork> networks = new ArrayList<>();
        Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
        while (interfaces.hasMoreElements()) {
            NetworkInterface each = interfaces.nextElement();
            if (each.isUp() && !each.isLoopback()) {
                for (InterfaceAddress address : each.getInterfaceAddresses()) {
                    if (!address.getAddress().isLinkLocalAddress()) {
                        networks.add(new IpNetwork(address.getAddress(), address.getNetworkPrefixLength()));
                    }
                }
            }
        }
        return networks;
    }
}
