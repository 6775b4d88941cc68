package dev.serverbackup.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Of the SDK's table of services, what is deployed has the clients' own; beside the whole SDK's, which tests have. */
class ServiceMetadataTest {
    private static final Pattern CLIENT =
            Pattern.compile("software/amazon/awssdk/services/\\w+/(?!Default)\\w+(?<!Async)Client\\.class");
    private static final String REGION = "software.amazon.awssdk.regions.Region";
    private static final String METADATA = "software.amazon.awssdk.regions.ServiceMetadata";

    @Test
    void a_client_finds_its_service_with_the_answers_that_the_whole_sdk_gives() throws Exception {
        try (URLClassLoader deployed = TaskRoot.deployed()) {
            List<String> clients = clients();
            assertThat(clients).hasSize(5);
            for (String client : clients) {
                assertThat(answers(client, deployed))
                        .hasSizeGreaterThan(60)
                        .contains("us-east-1")
                        .isEqualTo(answers(client, getClass().getClassLoader()));
            }
        }
    }

    @Test
    void no_service_is_there_whose_client_is_not() throws Exception {
        assertThat(entries())
                .filteredOn(name -> name.matches(".*/servicemetadata/\\w+\\.class"))
                .hasSize(5);
    }

    /** The class that answers, the regions of the service, and for each of all regions the endpoint and who signs. */
    private static List<String> answers(String client, ClassLoader loader) throws ReflectiveOperationException {
        Class<?> metadata = loader.loadClass(METADATA);
        Class<?> region = loader.loadClass(REGION);
        Object service = loader.loadClass(client).getMethod("serviceMetadata").invoke(null);
        List<String> answers = new ArrayList<>();
        answers.add(service.getClass().getName());
        for (Object each : (List<?>) metadata.getMethod("regions").invoke(service)) {
            answers.add(each.toString());
        }
        for (Object each : (List<?>) region.getMethod("regions").invoke(null)) {
            for (String question : List.of("endpointFor", "signingRegion")) {
                answers.add(metadata.getMethod(question, region)
                        .invoke(service, each)
                        .toString());
            }
        }
        return answers;
    }

    private static List<String> clients() throws IOException {
        return entries().stream()
                .filter(CLIENT.asMatchPredicate())
                .map(name -> name.replace(".class", "").replace('/', '.'))
                .toList();
    }

    private static List<String> entries() throws IOException {
        List<String> entries = new ArrayList<>();
        for (Path jar : TaskRoot.jars()) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream().map(ZipEntry::getName).forEach(entries::add);
            }
        }
        return entries;
    }
}
