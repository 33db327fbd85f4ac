using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>Values as Pester's messages show them, but floating point numbers in full: the last digit may be all that differs.</summary>
public static partial class PesterFormat
{
    const int Limit = 10;

    [GeneratedRegex(@"because\s", RegexOptions.IgnoreCase)]
    private static partial Regex LeadingBecause();

    public static string Value(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => "$null",
        bool b => b ? "$true" : "$false",
        "" => "<empty>",
        string s => $"'{s}'",
        DateTime d => d.ToString("o", CultureInfo.InvariantCulture),
        Type t => $"[{Text(t)}]",
        ScriptBlock b => $"{{{b}}}",
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        float f => f.ToString("R", CultureInfo.InvariantCulture),
        ValueType v => Text(v),
        IDictionary d => Text(d),
        IList list => Collection(list),
        _ => Text(value),
    };

    /// <summary>" because ...," for the middle of a message; empty without a reason.</summary>
    public static string Because(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "" : $" because {LeadingBecause().Replace(reason.Trim(), "")},";

    public static string JoinAnd(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}";

    /// <summary>Where two strings differ, with a mark below the first difference.</summary>
    public static string StringDifference(string expected, string actual, bool caseSensitive, string? because)
    {
        var comparison = caseSensitive ? StringComparison.Ordinal : StringComparison.InvariantCultureIgnoreCase;
        var at = 0;
        while (at < expected.Length && at < actual.Length && string.Equals(expected[at..(at + 1)], actual[at..(at + 1)], comparison))
            at++;
        var lengths = expected.Length == actual.Length
            ? $"String lengths are both {expected.Length}."
            : $"Expected length: {expected.Length}\nActual length:   {actual.Length}";
        return $"""
            Expected strings to be the same,{Because(because)} but they were different.
            {lengths}
            Strings differ at index {at}.
            Expected: '{Escape(expected)}'
            But was:  '{Escape(actual)}'
            {new string(' ', "Expected: '".Length)}{new string('-', Escape(expected[..at]).Length)}^
            """.ReplaceLineEndings("\n");
    }

    static string Collection(IList list)
    {
        var shown = list.Cast<object?>().Take(Limit).Select(Value);
        var more = list.Count > Limit ? $", ...{list.Count - Limit} more" : "";
        return $"@({string.Join(", ", shown)}{more})";
    }

    static string Escape(string text) =>
        text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);

    static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value);
}
