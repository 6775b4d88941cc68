package dev.serverbackup.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kind of AWS resource that the servers are. */
public enum ServerKind {
    /** The last part is documented as a UUID, but the documented example has letters beyond hexadecimal. */
    OPSWORKS_CM("arn:[a-z0-9-]+:opsworks-cm:[a-z0-9-]+:[0-9]{12}:server/(?<name>[^/]+)/[A-Za-z0-9-]+"),
    /** An EC2 instance, or another machine with a hybrid activation of Systems Manager. Its id is the server's name. */
    MANAGED_NODE("arn:[a-z0-9-]+:(ec2:[a-z0-9-]+:[0-9]{12}:instance/|ssm:[a-z0-9-]+:[0-9]{12}:managed-instance/(?=mi-))"
            + "(?<name>[^/]+)");

    private final Pattern arn;

    ServerKind(String arn) {
        this.arn = Pattern.compile(arn);
    }

    /** The values for the tagging API's {@code ResourceTypeFilters}. */
    public List<String> resourceTypes() {
        return switch (this) {
            case OPSWORKS_CM -> List.of("opsworks-cm:server");
            case MANAGED_NODE -> List.of("ec2:instance", "ssm:managed-instance");
        };
    }

    /** The server's name in an ARN; empty if the ARN is not of this kind. */
    Optional<String> nameIn(String resourceArn) {
        Matcher server = arn.matcher(resourceArn);
        return server.matches() ? Optional.of(server.group("name")) : Optional.empty();
    }
}
