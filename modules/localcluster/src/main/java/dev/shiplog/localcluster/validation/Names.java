package dev.shiplog.localcluster.validation;

import java.util.regex.Pattern;

/** The forms that names, labels and keys must have, and how Kubernetes says that they don't. */
final class Names {
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern QUALIFIED = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern CONFIG_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final int MOST_SUBDOMAIN = 253;
    private static final int MOST_LABEL = 63;

    private Names() {}

    static void subdomain(Findings findings, String field, String name) {
        if (name.length() > MOST_SUBDOMAIN) {
            findings.invalid(field, name, "must be no more than 253 characters");
        } else if (!SUBDOMAIN.matcher(name).matches()) {
            findings.invalid(
                    field,
                    name,
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                            + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        }
    }

    static void label(Findings findings, String field, String name) {
        if (name.length() > MOST_LABEL) {
            findings.invalid(field, name, "must be no more than 63 characters");
        } else if (!LABEL.matcher(name).matches()) {
            findings.invalid(
                    field,
                    name,
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                            + " start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used"
                            + " for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        }
    }

    static void labelValue(Findings findings, String field, String value) {
        if (value.length() > MOST_LABEL) {
            findings.invalid(field, value, "must be no more than 63 bytes");
        } else if (!LABEL_VALUE.matcher(value).matches()) {
            findings.invalid(
                    field,
                    value,
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                            + " '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
        }
    }

    /** Of a label or an annotation: {@code name} or {@code example.com/name}. */
    static void qualified(Findings findings, String field, String key) {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        if (slash >= 0 && !SUBDOMAIN.matcher(key.substring(0, slash)).matches()) {
            findings.invalid(
                    field,
                    key,
                    "prefix part a lowercase RFC 1123 subdomain must consist of lower case"
                            + " alphanumeric characters, '-' or '.'");
        } else if (name.length() > MOST_LABEL) {
            findings.invalid(field, key, "name part must be no more than 63 bytes");
        } else if (!QUALIFIED.matcher(name).matches()) {
            findings.invalid(
                    field,
                    key,
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                            + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
        }
    }

    static void configKey(Findings findings, String field, String key) {
        if (key.length() > MOST_SUBDOMAIN) {
            findings.invalid(field, key, "must be no more than 253 characters");
        } else if (!CONFIG_KEY.matcher(key).matches()) {
            findings.invalid(
                    field,
                    key,
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                            + " 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
        }
    }
}
