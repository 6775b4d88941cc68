package dev.serverbackup.simulation;

import dev.serverbackup.cli.restore.RestoreRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The rules of restores, each switched off alone. */
final class BrokenRestoreRules {
    private BrokenRestoreRules() {}

    static Map<String, BrokenRule> all() {
        Map<String, BrokenRule> rules = new LinkedHashMap<>();
        for (RestoreRule rule : RestoreRule.values()) {
            rules.put(rule.toString(), new BrokenRule() {
                @Override
                Set<RestoreRule> withoutRules() {
                    return Set.of(rule);
                }
            });
        }
        return rules;
    }
}
