package dev.serverbackup.bench.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.bench.fake.FakeBackend;
import dev.serverbackup.runtime.Answer;
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

    /** As SnapStart restores it: initialised and primed. */
    public static FunctionArm primed(URI aws, FakeBackend backend, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return start(aws, backend, Launch.of(Launch.SNAP_START), all);
    }

    /**
     * Starts it.
     *
     * @param settings beside the function's usual ones
     */
    public static FunctionArm start(URI aws, FakeBackend backend, Launch launch, Map<String, String> settings)
            throws Exception {
        Map<String, String> variables = new HashMap<>(AWS);
        variables.put("AWS_ENDPOINT_URL", aws.toString());
        variables.putAll(backend.settings());
        variables.put("AUDIT_TABLE", "server-backup-audit");
        variables.put("DEFAULT_SELECTOR", "{\"tags\":{\"Backup\":[]}}");
        // As fast as it can, but where the pace is what is measured.
        variables.put("CALLS_PER_SECOND", "1000");
        variables.put("CALL_BURST", "1000");
        variables.put("POWERTOOLS_SERVICE_NAME", "server-backup");
        variables.put("POWERTOOLS_METRICS_NAMESPACE", "ServerBackup");
        variables.put("POWERTOOLS_LOG_LEVEL", "INFO");
        variables.putAll(settings);
        return new FunctionArm(FunctionProcess.start(variables, launch.startedBy(Cpus.MEASURED)));
    }

    @Override
    public void awaitReady() throws Exception {
        process.awaitReady();
    }

    @Override
    public void run() throws Exception {
        String id = UUID.randomUUID().toString();
        JsonNode report = invoke("""
            {"id":"%s","source":"bench","detail-type":"Server Backup Requested","detail":{"requestId":"%s",\
            "selector":{"tags":{"Backup":[]}},"description":"nightly","maxTargets":4000}}\
            """.formatted(id, id));
        expectAll(report, report.at("/targets"), report.at("/counts/STARTED"));
    }

    /** A pass of the follow-up: the function is one that was launched by its handler. */
    public void pass() throws Exception {
        JsonNode report = invoke("{}");
        expectAll(report, report.at("/rows"), report.at("/entries/SUCCEEDED"));
    }

    private JsonNode invoke(String event) throws Exception {
        return switch (process.invoke(event)) {
            case Answer.Result(var report) -> report;
            case Answer.Failure(var failure) -> throw new IllegalStateException("the function failed: " + failure);
            case Answer.Exited(var status) -> throw new IllegalStateException("the function ended: " + status);
        };
    }

    /** What has not done its work must not be measured. */
    private static void expectAll(JsonNode report, JsonNode all, JsonNode done) {
        if (!done.isInt() || all.intValue() != done.intValue()) {
            throw new IllegalStateException("not all was done: " + report);
        }
    }

    @Override
    public ProcessHandle process() {
        return ProcessHandle.of(process.pid()).orElseThrow();
    }

    @Override
    public void close() {
        process.close();
    }
}
