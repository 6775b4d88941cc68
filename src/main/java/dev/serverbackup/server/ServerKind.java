package dev.serverbackup.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the servers are in AWS, and so how the tagging API calls them. */
public enum ServerKind {
    /** The last part is called a UUID, but the documented example has letters beyond hexadecimal. */
    OPSWORKS_CM("opsworks-cm:server", "arn:[a-z0-9-]+:opsworks-cm:[a-z0-9-]+:[0-9]{12}:server/([^/]+)/[A-Za-z0-9-]+"),
    /** The instance's id is the server's name; its {@code Name} tag is among its tags, for people. */
    EC2_INSTANCE("ec2:instance", "arn:[a-z0-9-]+:ec2:[a-z0-9-]+:[0-9]{12}:instance/([^/]+)");

    private final String resourceType;
    private final Pattern arn;

    ServerKind(String resourceType, String arn) {
        this.resourceType = resourceType;
        this.arn = Pattern.compile(arn);
    }

    /** What the tagging API's {@code ResourceTypeFilters} calls it. */
    public String resourceType() {
        return resourceType;
    }

    /** What stands in an ARN for the server's name; nothing where the ARN is none of such a server. */
    Optional<String> nameIn(String resourceArn) {
        Matcher server = arn.matcher(resourceArn);
        return server.matches() ? Optional.of(server.group(1)) : Optional.empty();
    }
}
