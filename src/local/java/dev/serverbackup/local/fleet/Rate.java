package dev.serverbackup.local.fleet;

/** The throttle of all OpsWorks CM operations together, both at least 1. The default is the API's. */
public record Rate(int requestsPerSecond, int burst) {

    public static final Rate DEFAULT = new Rate(5, 10);

    public Rate {
        if (requestsPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("A rate is at least 1 request a second and a burst of 1, but this is "
                    + requestsPerSecond + " and " + burst + ".");
        }
    }
}
