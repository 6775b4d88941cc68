package dev.serverbackup.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the servers are in AWS, and so how the tagging API calls them. */
public enum ServerKind {
    /** The last part is called a UUID, but the documented example has letters beyond hexadecimal. */
    OPSWORKS_CM("arn:[a-z0-9-]+:opsworks-cm:[a-z0-9-]+:[0-9]{12}:server/(?<name>[^/]+)/[A-Za-z0-9-]+"),
    /**
     * An EC2 instance, or a machine elsewhere by a hybrid activation of Systems Manager. Its id is the server's name;
     * its {@code Name} tag is among its tags, for people.
     */
    MANAGED_NODE("arn:[a-z0-9-]+:(ec2:[a-z0-9-]+:[0-9]{12}:instance/|ssm:[a-z0-9-]+:[0-9]{12}:managed-instance/(?=mi-))"
            + "(?<name>[^/]+)");

    private final Pattern arn;

    ServerKind(String arn) {
        this.arn = Pattern.compile(arn);
    }

    /** What the tagging API's {@code ResourceTypeFilters} calls them. */
    public List<String> resourceTypes() {
        return switch (this) {
            case OPSWORKS_CM -> List.of("opsworks-cm:server");
            case MANAGED_NODE -> List.of("ec2:instance", "ssm:managed-instance");
        };
    }

    /** What stands in an ARN for the server's name; nothing where the ARN is none of such a server. */
    Optional<String> nameIn(String resourceArn) {
        Matcher server = arn.matcher(resourceArn);
        return server.matches() ? Optional.of(server.group("name")) : Optional.empty();
    }
}
