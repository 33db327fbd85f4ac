using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>target[index], read and written.</summary>
internal static class Indexing
{
    /// <summary>target[index]: an element, several for a list of indices, $null where there is none.</summary>
    /// <param name="f">Where it is evaluated.</param>
    /// <param name="target">The list, table or other value.</param>
    /// <param name="index">The index, or several.</param>
    /// <param name="areListed">
    /// Whether several indices stand between the brackets, as in $l[0, 5]: what is not there is $null then, but for arrays; of $l[$several]
    /// and $l[0..5] it is left out.
    /// </param>
    internal static object? Get(Frame f, object? target, object? index, bool areListed = false)
    {
        target = Values.OrNull(target);
        if (index is int place)
        {
            switch (target)
            {
                case TypedArray { Rank: 1 } array:
                    return Within(ref place, array.Count) ? Values.Seen(array[place]) : null;
                case object?[] list:
                    return Within(ref place, list.Length) ? Values.Seen(list[place]) : null;
                case NumberList list:
                    return Within(ref place, list.Count) ? list[place] : null;
            }
        }

        if (target is TracedNumber or double or int) return OfNumber(target, Values.OrNull(index));
        if (target is IDictionary table) return Entry(f, table, index, areListed);
        if (target is TypedArray { Rank: > 1 } grid) return InGrid(f, grid, index);
        if (index is not string && Values.Elements(Values.OrNull(index)) is { } several && target is not null)
        {
            object?[] indices = [.. several.Cast<object?>().Select(Values.Seen)];
            if (CountOf(target) is null && !Values.HoldsTraced(target) && !Values.HoldsTraced(indices))
                return PlainScript.Index(target, indices, areListed);
            return indices.Where(each => areListed && target is not (TypedArray or Array) || IsThere(target, each))
                .Select(each => Get(f, target, each)).ToArray();
        }

        if (index is TracedNumber number) return OfTraced(f, target, number);
        if (target is TypedArray or object?[] or NumberList && Values.OrNull(index) is null) throw Nowhere();
        if (target is TypedArray or object?[] or NumberList) return Get(f, target, Conversions.Concrete(index));
        if (target is Field { IsTraced: true } field) return Values.Seen(field[Conversions.Concrete(index)]);
        if (target is IList items && Values.HoldsTraced(items))
        {
            var at = Conversions.Concrete(index);
            return Within(ref at, items.Count) ? Values.Seen(items[at]) : null;
        }

        return PlainScript.Index(target, index);
    }

    /// <summary>target[index] = value.</summary>
    internal static void Set(Frame f, object? target, object? index, object? value)
    {
        if (target is not TypedArray) RefuseNothing(value);
        if (target is IDictionary) index = TableKeys.Of(index);
        value = Values.OrNull(value);
        Writable(f, target);
        if (target is TypedArray or Array or NumberList && Values.OrNull(index) is null) throw Nowhere();
        switch (target)
        {
            case OrderedDictionary ordered when Values.OrNull(index) is int position:
                ordered[position] = value;
                return;
            case IDictionary table:
                Put(table, Values.OrNull(index), value);
                return;
            case TypedArray array:
                var place = array.Rank == 1 ? Place(Conversions.Concrete(index), array.Count)
                    : array.Place([.. Values.List(index)!.Select(Conversions.Concrete)]);
                if (place < 0) throw Outside();
                array[place] = array.ElementType == typeof(object) ? value : Conversions.To(value, array.ElementType);
                return;
            case object?[] list:
                list[Place(Conversions.Concrete(index), list.Length)] = Fitting(value, list.GetType().GetElementType()!);
                return;
            case NumberList list:
                var (at, item) = (Conversions.Concrete(index), Conversions.To(value, list.ElementType));
                list.Changing[at < 0 ? at + list.Count : at] = item; // outside of it .NET throws
                return;
            case IList list:
                at = Conversions.Concrete(index);
                if (Values.HoldsTraced(value)) Conversions.RefuseOfNumbers(list.GetType());
                list[at < 0 ? at + list.Count : at] = value;
                return;
            default:
                if (Values.HoldsTraced(value) || Values.HoldsTraced(index))
                    throw new TraceRefusedException($"It writes a traced number into {Text.Kind(target)}");
                PlainScript.SetIndex(target, index, value);
                return;
        }
    }

    /// <summary>table[key] = value, converted where the table is one of types.</summary>
    internal static void Put(IDictionary table, object? key, object? value)
    {
        key = TableKeys.Of(key);
        if (Values.HoldsTraced(value)) Conversions.RefuseOfNumbers(table.GetType());
        if (table.GetType().GetGenericArguments() is [var ofKeys, var ofValues])
        {
            key = key is null ? null : Conversions.To(key, ofKeys);
            if (!Values.HoldsTraced(value)) value = ofValues == typeof(object) ? value : PlainScript.Real(Conversions.To(value, ofValues));
        }

        table[key!] = value;
    }

    static RuntimeException Nowhere() => new("Index operation failed; the array index evaluated to null.");

    /// <summary>A value as an array of a type, such as [string[]], takes it.</summary>
    /// <exception cref="TraceRefusedException">It cannot hold it.</exception>
    static object? Fitting(object? value, Type element)
    {
        if (element == typeof(object) || element.IsInstanceOfType(value)) return value;
        var fitting = Conversions.To(value, element);
        return fitting is null || element.IsInstanceOfType(fitting) ? fitting : throw Conversions.Unfit(value, element);
    }

    /// <summary>Refuses to change what lives on after the call.</summary>
    /// <exception cref="TraceRefusedException">The object belongs to a variable of the surroundings.</exception>
    internal static void Writable(Frame f, object? target)
    {
        if (HolderOf(f, target) is { } name)
            throw new TraceRefusedException($"It changes something in ${name}, which lives on after the call");
    }

    /// <summary>Refuses to keep the nothing that a command without output gives: pipelines pass over it, not over $null.</summary>
    /// <exception cref="TraceRefusedException">It is that.</exception>
    internal static void RefuseNothing(object? value)
    {
        if (!ReferenceEquals(value, Values.Nothing)) return;
        throw new TraceRefusedException("It keeps what something without output gives, which is not quite $null, in an array, a table or "
            + "an object: write $null");
    }

    /// <summary>The variable of the surroundings from which an object can be reached; null for one that the script made.</summary>
    internal static string? HolderOf(Frame f, object? value)
    {
        var real = value is TypedArray array ? array.Source : value;
        return real is null or ValueType or string or TracedNumber or TracedText or BlockValue or NumberList or Type ? null
            : f.Scope.Surroundings.HolderOf(real);
    }

    /// <summary>The error of .NET, which a script may catch by its type.</summary>
    static Exception Outside()
    {
        try
        {
            return Array.Empty<Exception>()[0];
        }
        catch (IndexOutOfRangeException exception)
        {
            return exception;
        }
    }

    /// <summary>False where an array or list has no such element.</summary>
    static bool IsThere(object target, object? index)
    {
        if (CountOf(target) is not { } count || Values.List(Values.OrNull(index)) is not null) return true;
        var place = Conversions.Concrete(index);
        return Within(ref place, count);
    }

    /// <summary>The length of an array or list; null of anything else.</summary>
    static int? CountOf(object target) => target switch
    {
        TypedArray { Rank: 1 } array => array.Count,
        NumberList list => list.Count,
        Field field => field.Count,
        IDictionary => null,
        Array { Rank: > 1 } => null,
        IList list => list.Count,
        _ => null,
    };

    static bool Within(ref int place, int count)
    {
        if (place < 0) place += count;
        return (uint)place < (uint)count;
    }

    static int Place(int index, int count) => Within(ref index, count) ? index
        : throw Outside();

    static object? Entry(Frame f, IDictionary table, object? index, bool areListed)
    {
        if (index is TracedNumber) return TableKeys.Entry(f, table, index);
        if (index is not string && Values.Elements(index) is { } several)
        {
            return several.Cast<object?>().Select(Values.Seen).Where(each => areListed || IsThere(table, each))
                .Select(each => Entry(f, table, each, areListed)).ToArray();
        }

        if (index is null) return null;
        return table is Hashtable ? Values.Seen(table[index]) : PlainScript.Index(table, index);
    }

    /// <summary>False where PowerShell is told by an error that a table has no such entry, and leaves it out.</summary>
    static bool IsThere(IDictionary table, object? index) => table switch
    {
        Hashtable => true,
        OrderedDictionary => index is not int place || Within(ref place, table.Count),
        _ => index is not null && table.Contains(index),
    };

    /// <summary>An element of an array with several dimensions.</summary>
    static object? InGrid(Frame f, TypedArray grid, object? index)
    {
        var indices = Values.List(index) ?? [index];
        if (indices.Count > 1 && indices.All(each => Values.List(each) is not null))
            return indices.Select(each => InGrid(f, grid, each)).ToArray();
        if (indices.Count == 1 && Values.List(indices[0]) is { } inner) indices = inner;
        if (indices.Count != grid.Rank) throw new RuntimeException($"An array with {grid.Rank} dimensions needs as many indices.");
        if (!indices.Any(Values.IsTraced))
        {
            var place = grid.Place([.. indices.Select(Conversions.Concrete)]);
            return place < 0 ? throw Outside() : Values.Seen(grid[place]);
        }

        object? flat = 0;
        for (var k = 0; k < grid.Rank; k++)
        {
            var along = Conversions.To(indices[k], typeof(int))!;
            if (along is TracedNumber traced && !Comparison.IsBelow(traced, grid.Length(k))) along = Conversions.Concrete(traced);
            if (along is int and < 0) along = (int)along + grid.Length(k);
            flat = Arithmetic.Add(Arithmetic.Multiply(flat, grid.Length(k)), along);
        }

        return Gathered(f, [.. grid], flat!);
    }

    static object? OfTraced(Frame f, object? target, TracedNumber index)
    {
        if (target is null) return PlainScript.Index(null, 0);
        var whole = (TracedNumber)Conversions.To(index, typeof(int))!;
        IReadOnlyList<object?>? list = target switch
        {
            Field field => field.Elements,
            Vector vector => [.. vector.Cast<object>()],
            string => null,
            _ => Values.List(target),
        };
        return list is null ? Get(f, target, Conversions.Concrete(index)) : Gathered(f, list, whole);
    }

    /// <summary>One number is its own element 0, as PowerShell sees it, and has nothing elsewhere, not even $null.</summary>
    static object? OfNumber(object number, object? index)
    {
        if (index is int place) return place is 0 or -1 ? number : Values.Nothing;
        if (index is TracedNumber traced)
            return Comparison.AreEqual(traced, 0.0) || Comparison.AreEqual(traced, -1.0) ? number : Values.Nothing;
        return !Values.HoldsTraced(index) && PlainScript.Index(0.5, index) is 0.5 ? number : Values.Nothing;
    }

    /// <summary>
    /// An element of a list by a traced index: an operation where all are numbers of one type; otherwise a guard on the index.
    /// </summary>
    static object? Gathered(Frame f, IReadOnlyList<object?> list, object index)
    {
        if (index is not TracedNumber number) return Get(f, list as object?[] ?? [.. list], index);
        var place = (int)number.Value;
        if (!Within(ref place, list.Count)) return Get(f, list as object?[] ?? [.. list], Conversions.Concrete(index));
        var first = list[0];
        var isUniform = first is TracedNumber or double or int;
        var type = isUniform ? Conversions.TypeOf(first!) : TypeCode.Empty;
        for (var i = 1; isUniform && i < list.Count; i++)
            isUniform = list[i] is TracedNumber or double or int && Conversions.TypeOf(list[i]!) == type;
        return isUniform && type != TypeCode.Decimal ? f.Recording.Recorder.Gather(list!, number).As(type)
            : Get(f, list as object?[] ?? [.. list], Conversions.Concrete(index));
    }
}
