using System.Collections;
using System.Management.Automation;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// The contents of a variable at some time: numbers and text, and lists, hashtables and custom objects of them, as deep as they go.
/// </summary>
internal sealed class Snapshot
{
    const int LargestDepth = 8;
    readonly object? contents;

    internal Snapshot(object? value) => contents = Copy(value, 0);

    /// <summary>What it holds that may act differently the next time, though it is the same object; null for nothing of the kind.</summary>
    internal string? Unknown { get; private set; }

    /// <summary>True when a value has the same contents.</summary>
    internal bool Holds(object? value) => Same(value, contents);

    object? Copy(object? value, int depth)
    {
        if (depth > LargestDepth) Unknown ??= "a list of lists that goes too deep";
        if (depth > LargestDepth) return null;
        if (value is PSObject { BaseObject: PSCustomObject } custom)
        {
            if (custom.Members.Any(member =>
                member.IsInstance && member is PSScriptProperty or PSScriptMethod or PSCodeProperty or PSCodeMethod
                or PSAliasProperty)) Unknown ??= "an object with properties or methods that are computed";
            return custom.Properties.Where(property => property is PSNoteProperty).ToDictionary(property =>
                (object)property.Name, property => Copy(property.Value, depth + 1));
        }

        var plain = Numbers.Unwrap(value);
        switch (plain)
        {
            case null or string or Type or Version or Uri or ValueType:
                return plain;
            case double[] numbers:
                return numbers.Clone();
            case IDictionary table:
                return table.Keys.Cast<object>().ToDictionary(key => key, key => Copy(table[key], depth + 1));
            case Array { Rank: > 1 } grid:
                foreach (var item in grid) _ = Copy(item, depth + 1);
                return grid.Clone();
            case IList list:
                return list.Cast<object?>().Select(item => Copy(item, depth + 1)).ToArray();
            default:
                if (plain.GetType().Namespace?.StartsWith("PhysOpt", StringComparison.Ordinal) != true)
                    Unknown ??= $"[{plain.GetType().Name}]";
                return plain;
        }
    }

    static bool Same(object? now, object? then)
    {
        if (now is PSObject { BaseObject: PSCustomObject } custom)
        {
            return then is Dictionary<object, object?> known && custom.Properties.Count() == known.Count
                && custom.Properties.All(property => known.TryGetValue(property.Name, out var value) && Same(property.Value, value));
        }

        return (Numbers.Unwrap(now), then) switch
        {
            (double[] a, double[] b) =>
                a.AsSpan().SequenceEqual(b) || (a.Length == b.Length && !a.Where((number, i) => !number.Equals(b[i])).Any()),
            (IDictionary a, Dictionary<object, object?> b) =>
                a.Count == b.Count && b.All(entry => a.Contains(entry.Key) && Same(a[entry.Key], entry.Value)),
            (Array { Rank: > 1 } a, Array b) =>
                a.GetType() == b.GetType() && a.Length == b.Length && a.Cast<object?>().SequenceEqual(b.Cast<object?>()),
            (double[], object?[]) => false,
            (IList a, object?[] b) => SameItems(a, b),
            var (a, b) => ReferenceEquals(a, b) || (a is ValueType or string && a.Equals(b)),
        };
    }

    static bool SameItems(IList now, object?[] then)
    {
        if (now.Count != then.Length) return false;
        for (var i = 0; i < then.Length; i++)
        {
            if (!Same(now[i], then[i])) return false;
        }

        return true;
    }
}
