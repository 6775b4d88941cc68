package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.pki.Secrets;
import dev.serverbackup.local.opsworkscm.pki.StarterKit;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How one gets into a new server: what the request gives, and what the service makes up where it gives nothing. */
record Credentials(EngineAttributes given) {

    private static final String CHEF_KEY = "CHEF_AUTOMATE_PIVOTAL_KEY";
    private static final String CHEF_PASSWORD = "CHEF_AUTOMATE_ADMIN_PASSWORD";
    private static final String PUPPET_PASSWORD = "PUPPET_ADMIN_PASSWORD";
    private static final Map<String, List<String>> ACCEPTED = Map.of(
            Engine.CHEF,
            List.of(CHEF_KEY, CHEF_PASSWORD),
            Engine.PUPPET,
            List.of(PUPPET_PASSWORD, "PUPPET_R10K_REMOTE", "PUPPET_R10K_PRIVATE_KEY"));
    private static final Pattern CHEF_PASSWORDS =
            Pattern.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[!/@#$%^&+=_])[a-zA-Z0-9!/@#$%^&+=_]{8,32}");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}+");

    static Credentials read(InputReader input, Engine engine) {
        var accepted = Optional.ofNullable(ACCEPTED.get(engine.name()))
                .orElse(ACCEPTED.values().stream().flatMap(List::stream).toList());
        var given = EngineAttributes.read(input, "EngineAttributes", accepted);
        check(
                input,
                given,
                CHEF_PASSWORD,
                CHEF_PASSWORDS,
                "has 8 to 32 characters, letters, digits and !/@#$%^&+=_, with at least one lower case and one upper"
                        + " case letter, one digit and one special character");
        check(input, given, PUPPET_PASSWORD, ASCII, "has ASCII characters only, and at least one");
        return new Credentials(given);
    }

    /** What the answer to CreateServer tells; it cannot be asked for again. */
    Map<String, String> madeFor(StoredServer server, Secrets secrets) {
        return server.attributes().engine().equals(Engine.CHEF)
                ? chef(server.access().endpoint(), secrets)
                : puppet(server.access().endpoint(), secrets);
    }

    private Map<String, String> chef(String endpoint, Secrets secrets) {
        var made = new LinkedHashMap<String, String>();
        Optional<KeyPair> keys = given.of(CHEF_KEY).isPresent() ? Optional.empty() : Optional.of(secrets.keyPair());
        keys.ifPresent(pair -> made.put(CHEF_KEY, StarterKit.privateKeyAsBase64(pair)));
        made.put("CHEF_STARTER_KIT", StarterKit.chef(endpoint, keys));
        if (given.of(CHEF_PASSWORD).isEmpty()) {
            made.put(CHEF_PASSWORD, secrets.password());
        }
        return made;
    }

    private Map<String, String> puppet(String endpoint, Secrets secrets) {
        var made = new LinkedHashMap<String, String>();
        made.put("PUPPET_STARTER_KIT", StarterKit.puppet(endpoint));
        if (given.of(PUPPET_PASSWORD).isEmpty()) {
            made.put(PUPPET_PASSWORD, secrets.password());
        }
        return made;
    }

    /** The message never repeats the value. */
    private static void check(InputReader input, EngineAttributes given, String name, Pattern valid, String rule) {
        if (given.of(name).filter(value -> !valid.matcher(value).matches()).isPresent()) {
            input.refuse("Engine attribute '" + name + "' is not valid: it " + rule);
        }
    }
}
