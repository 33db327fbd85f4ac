using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Text that scripts make, and the words in which refusals name values.</summary>
internal static class Text
{
    /// <summary>left + right, where it makes text.</summary>
    internal static object Joined(object? left, object? right) =>
        Values.HoldsTraced(left) || Values.HoldsTraced(right) ? new TracedText(Of(left) + Of(right)) : Of(left) + Of(right);

    /// <summary>format -f values.</summary>
    internal static object? Formatted(object? format, object? values)
    {
        if (!Values.HoldsTraced(values) && !Values.HoldsTraced(format)) return PlainScript.Binary("-f", format, values);
        var parts = Values.List(values) ?? [values];
        return new TracedText(Of(PlainScript.Binary("-f", Of(format), parts.Select(AtPoint).ToArray())));
    }

    /// <summary>Another operator on text, such as -join and -replace.</summary>
    internal static object? Operator(string symbol, object? left, object? right) =>
        Values.HoldsTraced(left) || Values.HoldsTraced(right)
            ? symbol == "-join" ? new TracedText(string.Join(Of(right), (Values.List(left) ?? [left]).Select(Of))) : throw Used()
            : PlainScript.Binary(symbol, left, right);

    /// <summary>-match and its kin, which leave what they find of one text in $Matches; -like too, which does not.</summary>
    internal static object? Matched(Frame f, string symbol, object? left, object? right)
    {
        if (Values.HoldsTraced(left) || Values.HoldsTraced(right)) throw Used();
        if (!symbol.EndsWith("match", StringComparison.Ordinal)) return PlainScript.Binary(symbol, left, right);
        var answer = PlainScript.Matched(symbol, left, right, out var matches);
        if (matches is not null) f.Scope.Write("Matches", matches);
        return answer;
    }

    /// <summary>What an expandable text says of a value.</summary>
    internal static string Of(object? value) => AtPoint(Values.OrNull(value)) switch
    {
        null => "",
        string text => text,
        BlockValue block => block.ToString(),
        object?[] list => string.Join(' ', list.Select(Of)),
        NumberList list => string.Join(' ', list.Select(Of)),
        TypedArray array => string.Join(' ', array.Select(Of)),
        var other => LanguagePrimitives.ConvertTo<string>(other),
    };

    /// <summary>That text that was made of traced numbers is used for more than to be shown.</summary>
    internal static TraceRefusedException Used() => new($"{Made}, and uses it");

    /// <summary>Why text that is made of a traced number is refused.</summary>
    internal const string Made = "It makes text of a traced number";

    /// <summary>What a value is, for refusals: "a traced number", "text", "a list".</summary>
    internal static string Kind(object? value) => Values.OrNull(value) switch
    {
        null => "$null",
        TracedNumber => "a traced number",
        TracedText => "text made of a traced number",
        string or char => "text",
        bool => "a Boolean",
        Field => "a field",
        BlockValue or ScriptBlock => "a script block",
        System.Collections.IDictionary => "a hashtable",
        var other when Values.Elements(other) is not null => "a list",
        var other when Conversions.IsNumber(other) => "a number",
        var other => $"an object of type {other.GetType().Name}",
    };

    /// <summary>Why an operator cannot be applied to two values, or to one.</summary>
    internal static string Describe(object? left, object? right, string symbol)
    {
        if (Values.Elements(left) is not null || Values.Elements(right) is not null)
        {
            return symbol == "-" && left is null ? "It negates a list: write it for each of its numbers, as in $x[0]"
                : $"It computes {Kind(left)} {symbol} {Kind(right)}: a list has no arithmetic; take its numbers one by one, as in $x[0], "
                    + "or use [PhysOpt.Field]$x. A comma binds tighter than arithmetic: write ($x[0] * 2), ($x[1] + 1)";
        }

        return left is null && symbol == "-" ? $"It negates {Kind(right)}" : $"It computes {Kind(left)} {symbol} {Kind(right)}";
    }

    static object? AtPoint(object? value) => value switch
    {
        TracedNumber number => Conversions.IsWhole(number.Type) ? (object)(long)number.Value : number.Value,
        TracedText text => text.ToString(),
        _ => value,
    };
}
