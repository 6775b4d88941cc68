package dev.serverbackup;

import dev.serverbackup.local.dynamodb.TemplateSection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One action on one resource, as a policy of {@code template.yaml} allows it.
 *
 * @param action such as {@code dynamodb:Query}
 * @param resource {@code *}, or in the words of {@code Fn::Sub}
 */
record Permission(String action, String resource) implements Comparable<Permission> {
    static final String TABLE = "${AuditTable.Arn}";
    static final String BUS = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBus}";
    static final String INSTANCES = "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*";
    static final String MANAGED_NODES = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:managed-instance/*";
    static final String DOCUMENT = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:document/";
    static final String ANYTHING = "*";

    /** What Lambda itself does in the role's name: no test on this machine sees it done. */
    static final Set<String> MADE_BY_LAMBDA = Set.of("HandOverFailedRequests", "WriteLogs", "WriteTraces");

    /** What the function's role allows the code to do. */
    static Set<Permission> ofCode(Role role) {
        return statements(role)
                .filter(statement -> !MADE_BY_LAMBDA.contains(statement.text("Sid")))
                .flatMap(Permission::of)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<TemplateSection> statements(Role role) {
        return Deployed.on(role.backend()).properties(role.function() + "Role").sections("Policies").stream()
                .flatMap(policy -> policy.section("PolicyDocument").sections("Statement").stream());
    }

    static Stream<Permission> of(TemplateSection statement) {
        return many(statement.values().get("Action"))
                .flatMap(action -> many(statement.values().get("Resource"))
                        .map(resource -> new Permission(action.toString(), written(resource))));
    }

    private static Stream<?> many(Object one) {
        return one instanceof List<?> list ? list.stream() : Stream.of(one);
    }

    /**
     * Whether it allows what a call needs; in a resource, a question mark is any one character, as in IAM's patterns.
     */
    boolean covers(Permission needed) {
        String pattern = Pattern.quote(resource.replace("${AWS::StackName}", Deployed.STACK));
        return action.equals(needed.action) && needed.resource.matches(pattern.replace("?", "\\E.\\Q"));
    }

    private static String written(Object resource) {
        if (resource instanceof Map<?, ?> reference) {
            return reference.get("Fn::GetAtt") instanceof String attribute
                    ? "${" + attribute + "}"
                    : reference.get("Fn::Sub").toString();
        }
        return resource.toString();
    }

    /** As lines, which a failed comparison shows legibly. */
    static List<String> lines(Collection<Permission> permissions) {
        return permissions.stream().map(Permission::toString).sorted().toList();
    }

    @Override
    public int compareTo(Permission other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return action + " on " + resource;
    }
}
