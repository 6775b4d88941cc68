package dev.serverbackup.local.fleet;

import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;

/** A fault as the fleet file writes it. */
final class FaultJson {

    private enum Kind {
        REFUSED,
        THROTTLED,
        ACCESS_DENIED,
        UNAVAILABLE,
        UNAVAILABLE_AFTER_EFFECT,
        REQUEST_LOST,
        ANSWER_LOST,
        UNREADABLE,
        SLOW
    }

    private FaultJson() {}

    static FleetFault read(JsonObject json) {
        json.only("operation", "serverName", "fault", "type", "message", "delay", "next", "percent");
        var calls = new CallPattern(json.text("operation"), json.text("serverName"));
        var fault = fault(json);
        return FleetFile.valid(
                json.path(), () -> new FleetFault(calls, fault, json.count("next"), json.count("percent")));
    }

    private static Fault fault(JsonObject json) {
        json.required("fault");
        return switch (json.constant("fault", Kind.class).orElseThrow()) {
            case REFUSED ->
                new Fault.Refuse(new AwsError(
                        ServerJson.type(json), json.text("message").orElse("The request was refused on purpose.")));
            case THROTTLED -> Fault.throttled();
            case ACCESS_DENIED -> Fault.accessDenied();
            case UNAVAILABLE -> Fault.unavailable();
            case UNAVAILABLE_AFTER_EFFECT -> Fault.unavailableAfterEffect();
            case REQUEST_LOST -> new Fault.LoseRequest();
            case ANSWER_LOST -> new Fault.LoseAnswer();
            case UNREADABLE -> new Fault.Unreadable();
            case SLOW ->
                Fault.slow(json.duration("delay")
                        .orElseThrow(() ->
                                new FleetException(json.path() + ".delay", "is missing; a slow answer needs one")));
        };
    }
}
