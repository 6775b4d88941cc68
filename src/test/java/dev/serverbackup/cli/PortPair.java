package dev.serverbackup.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for a local cloud that the program finds by one number. */
public final class PortPair {
    private PortPair() {}

    /** A free port of which the next one is free, too. */
    public static int free() {
        InetAddress here = InetAddress.getLoopbackAddress();
        for (int port = 20_000; port < 30_000; port += 2) {
            try (ServerSocket first = new ServerSocket(port, 1, here);
                    ServerSocket second = new ServerSocket(port + 1, 1, here)) {
                if (first.isBound() && second.isBound()) {
                    return port;
                }
            } catch (IOException taken) {
                // The next pair.
            }
        }
        throw new AssertionError("no two ports in a row are free");
    }
}
