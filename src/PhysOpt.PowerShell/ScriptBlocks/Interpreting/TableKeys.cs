using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// Traced whole numbers as keys of tables. Other traced numbers are no keys: a table that remembers results would be recorded anew for
/// every x.
/// </summary>
internal static class TableKeys
{
    /// <summary>A key as a table takes it: a traced whole number is its value, with a guard that it stays the same.</summary>
    /// <exception cref="TraceRefusedException">It is a traced number of another kind, or holds one.</exception>
    internal static object? Of(object? key)
    {
        key = Values.OrNull(key);
        if (!Values.HoldsTraced(key)) return key;
        var whole = Whole(key);
        _ = whole.Equals(whole.Value);
        return Boxed(whole.Value, whole.Type);
    }

    /// <summary>
    /// table[key] of a traced whole number: an element by its place, as of a list, where the keys of its type follow one another and all
    /// they stand for are numbers of one type; otherwise a guard on the key.
    /// </summary>
    /// <exception cref="TraceRefusedException">The key is a traced number of another kind, or holds one.</exception>
    internal static object? Entry(Frame f, IDictionary table, object key)
    {
        var whole = Whole(key);
        if (Listed(table, whole) is not var (first, list) || !Comparison.IsWithin(whole, first, list.Length))
            return Indexing.Get(f, table, Of(whole));
        return Indexing.Get(f, list, first == 0 ? whole : Arithmetic.Subtract(whole, Boxed(first, whole.Type)));
    }

    static TracedNumber Whole(object? key) => key is TracedNumber { Type: TypeCode.Int32 or TypeCode.Int64 } whole ? whole
        : throw new TraceRefusedException("A traced number is a key of a table: which entry it finds would not be part of the record; make "
            + "it whole by [int], or use an array");

    /// <summary>What the keys of a number's type stand for, from the first of them on; null where one between them is missing.</summary>
    static (int First, object?[] List)? Listed(IDictionary table, TracedNumber key)
    {
        if (table is OrderedDictionary) return null; // a whole number is a place there, and no key
        int[] keys = [.. table.Keys.Cast<object>().Where(each => Type.GetTypeCode(each.GetType()) == key.Type && each is not Enum)
            .Select(Convert.ToInt64).Where(each => each is > int.MinValue / 2 and < int.MaxValue / 2).Select(each => (int)each).Order()];
        if (keys.Length == 0 || keys[^1] - keys[0] != keys.Length - 1) return null;
        return (keys[0], [.. keys.Select(each => Values.Seen(table[Boxed(each, key.Type)]))]);
    }

    static object Boxed(double value, TypeCode type) => Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
}
