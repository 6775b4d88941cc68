package dev.serverbackup.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import dev.serverbackup.wire.Cut;
import dev.serverbackup.wire.Wire;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The function in a process of its own, with all its calls on one wire. Starts at once, without being waited for. */
final class WiredFunction implements AutoCloseable {
    private final Wire wire;
    private final FunctionProcess process;

    private WiredFunction(Wire wire, FunctionProcess process) {
        this.wire = wire;
        this.process = process;
    }

    static WiredFunction start(LocalCloud cloud) throws Exception {
        Wire wire = new Wire();
        Map<String, String> variables = FunctionVariables.of(cloud);
        URI aws = wire.to(cloud.aws().endpoint());
        variables.put("AWS_ENDPOINT_URL_OPSWORKSCM", aws.toString());
        variables.put("AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API", aws.toString());
        variables.put(
                "AWS_ENDPOINT_URL_DYNAMODB",
                wire.to(cloud.dynamoDb().endpoint()).toString());
        return new WiredFunction(wire, FunctionProcess.start(variables));
    }

    /** Invokes it undisturbed, and answers the operations that it called. */
    List<String> callsOf(String event) throws Exception {
        wire.expect(Cut.none());
        assertThat(process.invoke(event)).isInstanceOf(Answer.Result.class);
        return wire.operations();
    }

    /** Invokes it, and cuts one call's connection. */
    Answer invokeAndCut(String event, int nth, Cut.Where where) throws Exception {
        wire.expect(Cut.of(nth, where));
        return process.invoke(event);
    }

    /** Invokes it, kills it at one call, and returns when nothing of it is on its way any more. */
    Answer invokeAndKill(String event, int nth, Cut.Where where) throws Exception {
        wire.expect(new Cut(nth, where, process::kill));
        Answer answer = process.invoke(event);
        wire.close();
        return answer;
    }

    @Override
    public void close() throws Exception {
        process.close();
        wire.close();
    }
}
