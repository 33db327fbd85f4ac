using System.Globalization;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace PhysOpt.Hosting;

/// <summary>Turns the words after a script's name into the source of a call that binds them to its <c>param()</c> or <c>$args</c>.</summary>
/// <remarks>
/// As <c>pwsh -File</c>: <c>-Name value</c>, <c>-Name:value</c>, <c>-Switch</c>, <c>-Switch:$false</c>, and the rest by position;
/// every value is text, and the engine converts it to the parameter's type.
/// One difference on purpose: <c>-0.5</c> is a number and not a parameter called "0.5".
/// </remarks>
internal static partial class ScriptArguments
{
    public static string ToSource(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(ToSource));

    public static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    static string ToSource(string argument) =>
        IsNumber(argument) || ParameterName().Match(argument) is not { Success: true } name ? Quote(argument)
        : argument.Length > name.Length ? name.Value + Value(argument[name.Length..])
        : argument;

    static string Value(string text) => text.ToUpperInvariant() is "$TRUE" or "$FALSE" ? text : Quote(text);

    // "-Name:" alone takes the next word as its value, as it does in PowerShell
    [GeneratedRegex(@"^-[\p{L}_?][\w-]*($|:)")]
    private static partial Regex ParameterName();

    static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
