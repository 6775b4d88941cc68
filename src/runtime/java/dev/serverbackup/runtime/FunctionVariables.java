package dev.serverbackup.runtime;

import dev.serverbackup.local.LocalCloud;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables of a function, as {@code template.yaml} sets them. */
public final class FunctionVariables {
    /** Those that set the JVM, whatever the function is led to. */
    public static final Map<String, String> JVM = Map.of(
            "JAVA_TOOL_OPTIONS",
            "-XX:TieredStopAtLevel=1 -XX:NewSize=36m -XX:MaxNewSize=36m -XX:SurvivorRatio=4",
            "MALLOC_ARENA_MAX",
            "1");

    private FunctionVariables() {}

    /** Those that lead it to the local cloud, and let it call as fast as it can. */
    public static Map<String, String> of(LocalCloud cloud) {
        Map<String, String> variables = new LinkedHashMap<>(cloud.environment("127.0.0.1"));
        variables.put("AUDIT_TABLE", LocalCloud.AUDIT_TABLE);
        variables.put("DEFAULT_SELECTOR", "{\"tags\":{\"Backup\":[]}}");
        variables.put("CALLS_PER_SECOND", "1000");
        variables.put("CALL_BURST", "1000");
        variables.put("POWERTOOLS_SERVICE_NAME", "server-backup");
        variables.put("POWERTOOLS_METRICS_NAMESPACE", "ServerBackup");
        variables.put("POWERTOOLS_LOG_LEVEL", "INFO");
        return variables;
    }
}
