package dev.serverbackup.local.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.Call.Outcome;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles a request: finds the service, applies scripted faults, and logs the call. */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Map<String, Service> targets;
    private final ScriptedFaults faults;
    private final CallLog calls;
    private final InstantSource clock;
    private final Supplier<String> requestIds;

    Dispatcher(
            Map<String, Service> targets,
            ScriptedFaults faults,
            CallLog calls,
            InstantSource clock,
            Supplier<String> requestIds) {
        this.targets = Map.copyOf(targets);
        this.faults = faults;
        this.calls = calls;
        this.clock = clock;
        this.requestIds = requestIds;
    }

    Reply dispatch(Incoming incoming) throws InterruptedException {
        var requestId = requestIds.get();
        try {
            var invocation = AwsJson.parse(incoming, targets.keySet());
            refuseToOthers(incoming, invocation);
            return received(requestId, invocation);
        } catch (AwsError malformed) {
            var call = call(requestId, incoming.target(), Optional.empty(), JsonNodeFactory.instance.objectNode());
            return ended(call, new Outcome(false, Optional.of(malformed.type()), true), Result.refused(malformed));
        }
    }

    private void refuseToOthers(Incoming incoming, Invocation invocation) {
        if (!incoming.loopback() && targets.get(invocation.prefix()).isForThisMachineAlone(invocation.operation())) {
            throw new AwsError(
                    AwsErrorType.ACCESS_DENIED,
                    invocation.operation() + " does something to the machine that the local cloud runs on: it is done"
                            + " only for that machine itself, by 127.0.0.1, localhost or [::1].");
        }
    }

    private Reply received(String requestId, Invocation invocation) throws InterruptedException {
        var input = invocation.input();
        var serverName = Optional.ofNullable(input.path("ServerName").textValue());
        var call = call(requestId, invocation.operation(), serverName, input);
        var fault = faults.of(call.operation(), serverName);
        return fault.isEmpty() ? answer(call, perform(invocation)) : faulty(call, invocation, fault.get());
    }

    private Reply faulty(Call call, Invocation invocation, Fault fault) throws InterruptedException {
        return switch (fault) {
            case Fault.Refuse(var error) ->
                ended(call, new Outcome(false, Optional.of(error.type()), true), Result.refused(error));
            case Fault.RefuseAfterEffect(var error) -> {
                perform(invocation);
                yield answer(call, Result.refused(error));
            }
            case Fault.LoseRequest() -> lost(call, new Outcome(false, Optional.empty(), false));
            case Fault.LoseAnswer() ->
                lost(call, new Outcome(true, perform(invocation).error(), false));
            case Fault.Unreadable() -> answer(call, perform(invocation).garbled());
            case Fault.HoldRequest(var pause) -> {
                pause.await();
                yield answer(call, perform(invocation));
            }
            case Fault.HoldAnswer(var pause) -> {
                var done = perform(invocation);
                pause.await();
                yield answer(call, done);
            }
        };
    }

    private Result perform(Invocation invocation) {
        try {
            var target = targets.get(invocation.prefix());
            return Result.well(target.perform(invocation.operation(), InputReader.of(invocation.input())));
        } catch (AwsError refused) {
            return Result.refused(refused);
        } catch (RuntimeException defect) {
            LOG.error("{} failed", invocation.operation(), defect);
            return Result.refused(new AwsError(AwsErrorType.INTERNAL_FAILURE, "The request processing has failed."));
        }
    }

    private Call call(String requestId, String operation, Optional<String> serverName, ObjectNode input) {
        var call = new Call(requestId, clock.instant(), operation, serverName, input, Optional.empty());
        calls.received(call);
        return call;
    }

    private Reply answer(Call call, Result done) {
        return ended(call, new Outcome(true, done.error(), true), done);
    }

    private Reply ended(Call call, Outcome outcome, Result done) {
        calls.ended(call, outcome);
        return new Reply.Answer(call.requestId(), done.status(), done.body());
    }

    private Reply lost(Call call, Outcome outcome) {
        calls.ended(call, outcome);
        return new Reply.Closed();
    }
}
