package dev.serverbackup.bench.arm;

import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.AotCache;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.Launch;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The function as it is deployed, under Lambda's own runtime client. */
public final class FunctionArm implements Arm {
    private final FunctionProcess process;

    private FunctionArm(FunctionProcess process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param settings beside the function's usual ones
     */
    public static FunctionArm start(URI aws, Launch launch, Map<String, String> settings) throws Exception {
        return new FunctionArm(FunctionProcess.start(variables(aws, settings), launch.startedBy(Cpus.MEASURED)));
    }

    /** What it is when it starts from an AOT cache, which has seen one run: for those who deploy a container image. */
    public static Launch fromCache(URI aws) throws Exception {
        return AotCache.trained(variables(aws, Map.of()), event("training")).launch();
    }

    private static Map<String, String> variables(URI aws, Map<String, String> settings) {
        Map<String, String> variables = new HashMap<>(AwsVariables.of(aws));
        variables.put("AUDIT_TABLE", "server-backup-audit");
        variables.put("DEFAULT_SELECTOR", "{\"tags\":{\"Backup\":[]}}");
        // As fast as it can, but where the pace is what is measured.
        variables.put("CALLS_PER_SECOND", "1000");
        variables.put("CALL_BURST", "1000");
        variables.put("POWERTOOLS_SERVICE_NAME", "server-backup");
        variables.put("POWERTOOLS_METRICS_NAMESPACE", "ServerBackup");
        variables.put("POWERTOOLS_LOG_LEVEL", "INFO");
        variables.putAll(settings);
        return variables;
    }

    @Override
    public void awaitReady() throws Exception {
        process.awaitReady();
    }

    @Override
    public void run() throws Exception {
        String id = UUID.randomUUID().toString();
        Answer answer = process.invoke(event(id));
        if (!(answer instanceof Answer.Result)) {
            throw new IllegalStateException("the function answered " + answer);
        }
    }

    private static String event(String id) {
        return """
            {"id":"%s","source":"bench","detail-type":"Server Backup Requested","detail":{"requestId":"%s",\
            "selector":{"tags":{"Backup":[]}},"description":"nightly","maxTargets":4000}}\
            """.formatted(id, id);
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
