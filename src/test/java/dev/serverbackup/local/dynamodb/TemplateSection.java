package dev.serverbackup.local.dynamodb;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A mapping of the template, with the path to it, so that every fault says where it is. */
public record TemplateSection(String path, Map<String, Object> values) {

    /**
     * The whole template in a file; nothing in it is resolved.
     *
     * @throws InvalidTemplateException if the file can't be read, or is no mapping in YAML
     */
    public static TemplateSection read(Path template) {
        return of(template.getFileName().toString(), CloudFormationTags.read(template));
    }

    /** @throws InvalidTemplateException if the value is no mapping */
    static TemplateSection of(String path, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidTemplateException(path + " must be a mapping, is " + value);
        }
        var values = new LinkedHashMap<String, Object>();
        map.forEach((name, each) -> values.put(String.valueOf(name), each));
        return new TemplateSection(path, values);
    }

    public TemplateSection section(String name) {
        return of(path + "." + name, required(name));
    }

    /** The mappings in the list of this name. */
    public List<TemplateSection> sections(String name) {
        List<?> list = list(name);
        return IntStream.range(0, list.size())
                .mapToObj(i -> of(path + "." + name + "[" + i + "]", list.get(i)))
                .toList();
    }

    /** A literal; a reference that only a deployment resolves is none. */
    public String text(String name) {
        return literal(name, required(name));
    }

    private List<?> list(String name) {
        if (required(name) instanceof List<?> list) {
            return list;
        }
        throw new InvalidTemplateException(path + "." + name + " must be a list, is " + values.get(name));
    }

    private String literal(String name, Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            default -> throw new InvalidTemplateException(path + "." + name + " must be a literal, is " + value);
        };
    }

    private Object required(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new InvalidTemplateException(path + ": " + name + " is missing");
        }
        return value;
    }
}
