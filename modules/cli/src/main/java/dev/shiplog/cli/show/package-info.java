/** How what the API tells is shown to people: tables, the live tree, descriptions; and to programs: JSON and YAML. */
@NullMarked
package dev.shiplog.cli.show;

import org.jspecify.annotations.NullMarked;
