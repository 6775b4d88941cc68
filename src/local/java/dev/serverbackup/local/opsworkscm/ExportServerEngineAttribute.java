package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Exports the user data with which an EC2 instance associates itself with a server. */
final class ExportServerEngineAttribute implements Operation {

    private static final String USERDATA = "Userdata";
    private static final String CLIENT_VERSION = "NodeClientVersion";
    private static final Pattern VERSION = Pattern.compile("|[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final List<String> ACCEPTED =
            List.of("RunList", "OrganizationName", "NodeEnvironment", CLIENT_VERSION);

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var attribute = input.required("ExportAttributeName", Shapes.STRING);
        if (input.has("ExportAttributeName") && !attribute.equals(USERDATA)) {
            input.refuse("ExportAttributeName '" + attribute + "' is not valid; valid values are [" + USERDATA + "]");
        }
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var parameters = EngineAttributes.read(input, "InputAttributes", ACCEPTED);
        if (parameters
                .of(CLIENT_VERSION)
                .filter(given -> !VERSION.matcher(given).matches())
                .isPresent()) {
            input.refuse("Engine attribute '" + CLIENT_VERSION + "' is not valid: it is like 13.8.5, or empty");
        }
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        refuseUnlessThere(server, account);
        var script = UserData.of(server, parameters, account.arns().region()).getBytes(StandardCharsets.UTF_8);
        var output = Json.object().put("ServerName", name);
        output.putObject("EngineAttribute")
                .put("Name", USERDATA)
                .put("Value", Base64.getEncoder().encodeToString(script));
        return output;
    }

    private static void refuseUnlessThere(StoredServer server, Account account) {
        switch (server.status(account.now())) {
            case CREATING, TERMINATED, FAILED, DELETING ->
                throw WrongState.of(
                        server,
                        account,
                        "export an engine attribute of",
                        "that needs any but CREATING, TERMINATED," + " FAILED and DELETING");
            case BACKING_UP,
                    CONNECTION_LOST,
                    MODIFYING,
                    HEALTHY,
                    RUNNING,
                    RESTORING,
                    SETUP,
                    UNDER_MAINTENANCE,
                    UNHEALTHY -> {}
        }
    }
}
