package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.InputReader;
import java.util.List;
import java.util.Map;

/** The configuration management software of a server: which, in which model, in which version. */
record Engine(String name, String model, String version) {

    static final String CHEF = "ChefAutomate";
    static final String PUPPET = "Puppet";

    /** What the API's text names as valid, with its defaults. */
    private static final Map<String, Engine> KNOWN = Map.of(
            CHEF, new Engine(CHEF, "Single", "2"),
            PUPPET, new Engine(PUPPET, "Monolithic", "2019"));

    private static final Map<String, List<String>> VERSIONS =
            Map.of(CHEF, List.of("2"), PUPPET, List.of("2019", "2017"));

    static Engine read(InputReader input) {
        var name = input.required("Engine", Shapes.STRING);
        var model = input.optional("EngineModel", Shapes.STRING);
        var version = input.optional("EngineVersion", Shapes.STRING);
        var known = KNOWN.get(name);
        if (known == null) {
            refuse(input, "Engine", name, KNOWN.keySet().stream().sorted().toList());
            return new Engine(name, "", "");
        }
        model.filter(given -> !given.equals(known.model()))
                .ifPresent(given -> refuse(input, "EngineModel", given, List.of(known.model())));
        version.filter(given -> !VERSIONS.get(name).contains(given))
                .ifPresent(given -> refuse(input, "EngineVersion", given, VERSIONS.get(name)));
        return new Engine(name, model.orElse(known.model()), version.orElse(known.version()));
    }

    private static void refuse(InputReader input, String member, String value, List<String> valid) {
        if (input.has(member)) {
            input.refuse("%s '%s' is not valid; valid values are %s".formatted(member, value, valid));
        }
    }
}
