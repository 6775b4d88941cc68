package dev.serverbackup.server;

import dev.serverbackup.request.SafeText;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.request.TagSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Applies a selector to the tagging API's listing. The order of the listing does not matter, except that if an ARN is
 * listed twice, the later tags count.
 *
 * <p>A resource that does not meet the tag conditions, or the names if there are any, is neither excluded nor skipped.
 */
public final class TargetSelection {
    static final String NOT_A_SERVER = "not a server";
    static final String NOT_A_SERVER_NAME = "not a server name";
    static final String SAME_NAME = "same name under another ARN";

    private static final int MAX_KEY = 128;

    private final ServerKind kind;
    private final TagSelector selector;
    private final SortedMap<ServerName, List<TaggedResource>> wanted = new TreeMap<>();
    private final List<Server> servers = new ArrayList<>();
    private final List<ExcludedServer> excluded = new ArrayList<>();
    private final List<SkippedResource> skipped = new ArrayList<>();

    private TargetSelection(ServerKind kind, TagSelector selector) {
        this.kind = kind;
        this.selector = selector;
    }

    /**
     * The targets in the listing, and the named servers that are targets even if they are not listed.
     *
     * @param listing all resources that could meet the tag conditions; more do no harm
     */
    public static Targets of(ServerKind kind, TagSelector selector, Collection<TaggedResource> listing) {
        TargetSelection selection = new TargetSelection(kind, selector);
        SortedMap<String, TaggedResource> byArn = new TreeMap<>();
        listing.forEach(resource -> byArn.put(resource.arn(), resource));
        byArn.values().forEach(selection::consider);
        selection.wanted.forEach(selection::decide);
        selection.addNamesAsTheyStand();
        return new Targets(selection.servers, selection.excluded, selection.skipped);
    }

    /**
     * The same for a dry run, with tags that are probably mistyped.
     *
     * @param listing every server
     */
    public static Preview preview(ServerKind kind, TagSelector selector, Collection<TaggedResource> listing) {
        Targets targets = of(kind, selector, listing);
        return new Preview(targets, NearMisses.of(kind, selector, targets, listing));
    }

    private void consider(TaggedResource resource) {
        Optional<String> server = kind.nameIn(resource.arn());
        if (server.isEmpty()) {
            skipNameless(resource, NOT_A_SERVER);
            return;
        }
        Optional<ServerName> name = ServerName.parse(server.get());
        if (name.isEmpty()) {
            skipNameless(resource, NOT_A_SERVER_NAME);
        } else if (selector.selects(name.get(), resource.tags())) {
            wanted.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(resource);
        }
    }

    /** A resource without a server name can't be one of the servers that a selector names. */
    private void skipNameless(TaggedResource resource, String reason) {
        if (selector.serverNames().isEmpty() && selector.meetsTags(resource.tags())) {
            skipped.add(new SkippedResource(resource.arn(), reason));
        }
    }

    /**
     * A backup is requested by name only. So if a name has two ARNs (a server that was deleted and created again, with
     * its old ARN still listed), an exclusion of one of them excludes the name.
     */
    private void decide(ServerName name, List<TaggedResource> sameName) {
        TaggedResource first = sameName.getFirst();
        TaggedResource decisive =
                sameName.stream().filter(this::isExcluded).findFirst().orElse(first);
        selector.excludedBy(decisive.tags())
                .ifPresentOrElse(
                        key -> excluded.add(new ExcludedServer(name, excludedBy(key))),
                        () -> servers.add(new Server(name, Optional.of(decisive.arn()), decisive.tags())));
        sameName.stream()
                .filter(other -> !other.equals(decisive))
                .forEach(other -> skipped.add(new SkippedResource(other.arn(), SAME_NAME)));
    }

    private boolean isExcluded(TaggedResource resource) {
        return selector.excludedBy(resource.tags()).isPresent();
    }

    private static String excludedBy(String key) {
        return "excluded by tag " + SafeText.shown(key, MAX_KEY);
    }

    private void addNamesAsTheyStand() {
        if (selector.acceptsUnlistedNames()) {
            selector.serverNames().stream()
                    .filter(name -> !wanted.containsKey(name))
                    .map(Server::named)
                    .forEach(servers::add);
        }
    }
}
