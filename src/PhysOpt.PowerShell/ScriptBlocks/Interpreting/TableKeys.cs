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
    /// they stand for are numbers of one type; otherwise a guard on the key. Below the first key a list would count from its end: that
    /// it is not is the only guard, since beyond the last one there is no element.
    /// </summary>
    /// <exception cref="TraceRefusedException">The key is a traced number of another kind, or holds one.</exception>
    internal static object? Entry(Frame f, IDictionary table, object key)
    {
        var whole = Whole(key);
        if (Listed(table, whole.Type) is not var (first, list) || whole.Value >= first + list.Length
            || !Comparison.IsFrom(whole, first))
            return Indexing.Get(f, table, Of(whole));
        return Indexing.Get(f, list, first == 0 ? whole : Arithmetic.Subtract(whole, Boxed(first, whole.Type)));
    }

    static TracedNumber Whole(object? key) => key is TracedNumber { Type: TypeCode.Int32 or TypeCode.Int64 } whole ? whole
        : throw new TraceRefusedException("A traced number is a key of a table: which entry it finds would not be part of the record; make "
            + "it whole by [int], or use an array");

    /// <summary>What the keys of a type stand for, from the first of them on; null where one between them is missing.</summary>
    static (long First, object?[] List)? Listed(IDictionary table, TypeCode type)
    {
        if (table is OrderedDictionary) return null; // a whole number is a place there, and no key
        var (first, last, count) = (long.MaxValue, long.MinValue, 0);
        foreach (var each in table.Keys)
        {
            if (each is Enum || Type.GetTypeCode(each.GetType()) != type) continue;
            var key = Convert.ToInt64(each, CultureInfo.InvariantCulture);
            (first, last, count) = (long.Min(first, key), long.Max(last, key), count + 1);
        }

        if (count == 0 || unchecked((ulong)(last - first)) != (ulong)(count - 1)) return null;
        var list = new object?[count];
        for (var k = 0; k < count; k++) list[k] = Values.Seen(table[Boxed(first + k, type)]);
        return (first, list);
    }

    static object Boxed(IConvertible value, TypeCode type) => value.ToType(type == TypeCode.Int32 ? typeof(int) : typeof(long), CultureInfo.InvariantCulture);
}
