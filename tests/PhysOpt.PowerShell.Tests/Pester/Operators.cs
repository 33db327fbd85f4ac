using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>The operators of Should. Each gives null when the assertion holds, and else the message.</summary>
/// <remarks>Comparisons are PowerShell's own operators, run by the engine, so that conversions are the user's.</remarks>
public sealed partial class Operators(CommandInvocationIntrinsics engine, bool not, string? because)
{
    static readonly Dictionary<string, (string Opposite, string Phrase)> Comparisons = new()
    {
        ["lt"] = ("ge", "less than"),
        ["le"] = ("gt", "less than or equal to"),
        ["gt"] = ("le", "greater than"),
        ["ge"] = ("lt", "greater than or equal to"),
    };

    readonly string _because = PesterFormat.Because(because);

    [GeneratedRegex(@"^\[(.*)\]$")]
    private static partial Regex Bracketed();

    public string? Be(object?[] actual, object? expected, bool caseSensitive)
    {
        if (Equal(actual, AsArray(expected), caseSensitive) != not)
            return null;
        var (wanted, got) = (Unroll(AsArray(expected)), Unroll(actual));
        var exactly = caseSensitive ? "exactly " : "";
        if (not)
            return $"Expected {PesterFormat.Value(expected)} to be different from the actual value,{_because} but got {exactly}the same value.";
        return wanted is string w && got is string g
            ? PesterFormat.StringDifference(w, g, caseSensitive, because)
            : $"Expected {exactly}{PesterFormat.Value(wanted)},{_because} but got {PesterFormat.Value(got)}.";
    }

    /// <summary>Fails where the opposite holds, as Pester does: what cannot be ordered (NaN) passes.</summary>
    public string? Compare(object? actual, string comparison, object? expected)
    {
        var meant = not ? Comparisons[comparison].Opposite : comparison;
        return Holds(actual, Comparisons[meant].Opposite, expected)
            ? $"Expected the actual value to be {Comparisons[meant].Phrase} {PesterFormat.Value(expected)},{_because} but got {PesterFormat.Value(actual)}."
            : null;
    }

    public string? BeTruth(object? actual, bool expected)
    {
        var meant = expected != not;
        return LanguagePrimitives.IsTrue(actual) == meant
            ? null
            : $"Expected ${(meant ? "true" : "false")},{_because} but got {PesterFormat.Value(actual)}.";
    }

    public string? BeOfType(object? actual, object? expected)
    {
        var name = LanguagePrimitives.ConvertTo<string>(expected);
        var type = Base(expected) as Type ?? (LanguagePrimitives.TryConvertTo<Type>(Bracketed().Replace(name, "$1"), out var parsed)
            ? parsed
            : throw new ArgumentException($"Could not find type [{name}]. Make sure that the assembly that contains that type is loaded."));
        if (Holds(actual, "is", type) != not)
            return null;
        var have = not ? "not have" : "have";
        return $"Expected the value to {have} type {PesterFormat.Value(type)} or any of its subtypes,{_because} but got {PesterFormat.Value(actual)} with type {PesterFormat.Value(Base(actual)?.GetType())}.";
    }

    public string? HaveCount(object?[] actual, int expected)
    {
        if (expected < 0)
            throw new ArgumentException("A collection cannot have fewer than 0 items.");
        if ((actual.Length == expected) != not)
            return null;
        var but = actual is [] ? "but got an empty collection." : $"but got collection with size {actual.Length} {PesterFormat.Value(actual)}.";
        if (!not)
            return expected == 0 ? $"Expected an empty collection,{_because} {but}" : $"Expected a collection with size {expected},{_because} {but}";
        return expected == 0
            ? $"Expected a non-empty collection,{_because} but got an empty collection."
            : $"Expected a collection with size different from {expected},{_because} but got collection with that size {PesterFormat.Value(actual)}.";
    }

    public string? BeNullOrEmpty(object?[] actual)
    {
        var empty = actual.Length switch
        {
            0 => true,
            1 => Base(actual[0]) is Hashtable table ? table.Count == 0 : string.IsNullOrEmpty(LanguagePrimitives.ConvertTo<string>(actual[0])),
            _ => false,
        };
        if (empty != not)
            return null;
        return not
            ? $"Expected a value,{_because} but got $null or empty."
            : $"Expected $null or empty,{_because} but got {PesterFormat.Value(actual)}.";
    }

    public string? Contain(object?[] actual, object? expected)
    {
        if (Holds(actual, "contains", expected) != not)
            return null;
        var (found, outcome) = not ? ("not be found", "it was found") : ("be found", "it was not found");
        return $"Expected {PesterFormat.Value(expected)} to {found} in collection {PesterFormat.Value(actual)},{_because} but {outcome}.";
    }

    public string? BeIn(object? actual, object? expected)
    {
        if (Holds(expected, "contains", actual) != not)
            return null;
        var (contain, outcome) = not ? ("not contain", "it was found") : ("contain", "it was not found");
        return $"Expected collection {PesterFormat.Value(expected)} to {contain} {PesterFormat.Value(actual)},{_because} but {outcome}.";
    }

    public string? Match(object? actual, object? expected, bool caseSensitive)
    {
        if (Holds(actual, caseSensitive ? "cmatch" : "match", expected) != not)
            return null;
        var (match, outcome) = not ? ("not ", "it did match") : ("", "it did not match");
        return $"Expected regular expression {PesterFormat.Value(expected)} to {match}{(caseSensitive ? "case sensitively " : "")}match {PesterFormat.Value(actual)},{_because} but {outcome}.";
    }

    public string? BeLike(object? actual, object? expected, bool caseSensitive)
    {
        if (Holds(actual, caseSensitive ? "clike" : "like", expected) != not)
            return null;
        var (match, outcome) = not ? ("not ", "it did match") : ("", "it did not match");
        var kind = caseSensitive ? "case sensitive like" : "like";
        return $"Expected {kind} wildcard {PesterFormat.Value(expected)} to {match}match {PesterFormat.Value(actual)},{_because} but {outcome}.";
    }

    public string? Exist(object? actual, ItemCmdletProviderIntrinsics items)
    {
        if (items.Exists(LanguagePrimitives.ConvertTo<string>(actual), force: false, literalPath: false) != not)
            return null;
        var (exist, outcome) = not ? ("not exist", "it did exist") : ("exist", "it did not exist");
        return $"Expected path {PesterFormat.Value(actual)} to {exist},{_because} but {outcome}.";
    }

    /// <summary>Nested arrays are compared item by item; $null, an empty array and an array of one $null are the same.</summary>
    bool Equal(object?[] first, object?[] second, bool caseSensitive)
    {
        if (IsNothing(first) || IsNothing(second))
            return IsNothing(first) && IsNothing(second);
        return first.Length == second.Length && first.Zip(second).All(pair =>
            Base(pair.First) is Array || Base(pair.Second) is Array
                ? Equal(AsArray(pair.First), AsArray(pair.Second), caseSensitive)
                : Holds(pair.Second, caseSensitive ? "ceq" : "eq", pair.First));
    }

    /// <summary>Errors of the operator itself (no order between a string and a table, say) end the assertion.</summary>
    bool Holds(object? left, string comparison, object? right) =>
        LanguagePrimitives.IsTrue(engine.NewScriptBlock($"param($a, $b) try {{ $a -{comparison} $b }} catch {{ throw }}").InvokeReturnAsIs(left, right));

    static bool IsNothing(object?[] values) => values is [] or [null];

    static object? Unroll(object?[] values) => values.Length switch { 0 => null, 1 => Base(values[0]), _ => values };

    static object?[] AsArray(object? value) => value is null ? [] : LanguagePrimitives.ConvertTo<object?[]>(value);

    static object? Base(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
