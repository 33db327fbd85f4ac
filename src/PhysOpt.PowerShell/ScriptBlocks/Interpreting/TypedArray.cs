using System.Collections;
using System.Runtime.CompilerServices;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// An array of numbers as a script sees it, [double[]] or [int[,]], whose elements may be traced numbers of that type. As long as none is,
/// it is the real array, which other code may hold too. A real array has one such view in a walk, and a walk has its own.
/// </summary>
internal sealed class TypedArray : IEnumerable<object?>
{
    [ThreadStatic]
    static ConditionalWeakTable<Array, TypedArray>? known;
    readonly int[] lengths;
    Array? plain;
    object?[]? items;
    bool isKnown;
    string? keeper;

    TypedArray(Array plain, bool isKnown)
    {
        (Source, this.isKnown) = (plain, isKnown);
        ElementType = plain.GetType().GetElementType()!;
        lengths = [.. Enumerable.Range(0, plain.Rank).Select(plain.GetLength)];
        if (ElementType.IsArray) items = [.. plain.Cast<object?>().Select(item => item is Array row ? Of(row) : item)];
        else this.plain = plain;
    }

    TypedArray(Type elementType, int[] lengths, object?[] items) => (ElementType, this.lengths, this.items) = (elementType, lengths, items);

    /// <summary>The type of its elements: a plain array is converted to it when it is written to.</summary>
    internal Type ElementType { get; }

    /// <summary>The number of its dimensions.</summary>
    internal int Rank => lengths.Length;

    /// <summary>The number of all its elements.</summary>
    internal int Count => items?.Length ?? plain!.Length;

    /// <summary>The type that the script would be told.</summary>
    internal Type Type => Rank == 1 ? ElementType.MakeArrayType() : ElementType.MakeArrayType(Rank);

    /// <summary>The real array behind it; null once an element may be traced, and for arrays of arrays.</summary>
    internal Array? Plain => plain;

    /// <summary>The real array that it was at first; null for one that was made of traced numbers.</summary>
    internal Array? Source { get; }

    /// <summary>True for an array that is seen through this class: of numbers, of arrays of them, and with several dimensions.</summary>
    internal static bool Covers(Array array) => array.Rank > 1 || Covers(array.GetType().GetElementType()!);

    /// <summary>The array around a real one: the same one each time in a walk.</summary>
    internal static TypedArray Of(Array array) => (known ??= []).GetValue(array, static each => new(each, isKnown: true));

    /// <summary>A new array with one dimension of some values, which have its type already: a real one as long as all are plain.</summary>
    internal static TypedArray Of(Type elementType, object?[] items)
    {
        if (elementType.IsArray || items.Any(Values.IsTraced)) return new(elementType, [items.Length], items);
        var real = Array.CreateInstance(elementType, items.Length);
        Array.Copy(items, real, items.Length);
        return new(real, isKnown: false);
    }

    /// <summary>Does what a walk does, which has views of real arrays of its own: what it writes is forgotten with it.</summary>
    internal static T InWalk<T>(Func<T> walk)
    {
        var before = known;
        known = null;
        try
        {
            return walk();
        }
        finally
        {
            known = before;
        }
    }

    /// <summary>The real array for code of .NET, from which it finds back to this view; null where there is none.</summary>
    internal Array? Handed()
    {
        if (plain is not null && !isKnown) (known ??= []).Add(plain, this);
        isKnown |= plain is not null;
        return plain;
    }

    /// <summary>An object of .NET keeps the real array from now on: a traced number would not reach it.</summary>
    /// <param name="method">By which method.</param>
    internal void KeptBy(string method) => keeper ??= method;

    /// <summary>The number of elements along a dimension.</summary>
    internal int Length(int dimension) => lengths[dimension];

    /// <summary>An element by its place among all, row by row.</summary>
    internal object? this[int place]
    {
        get => items is not null ? items[place] : plain is double[] numbers ? numbers[place] : plain!.GetValue(Indices(place));
        set
        {
            if (items is null && Values.IsTraced(value))
            {
                if (keeper is not null)
                {
                    throw new TraceRefusedException(
                        $"It writes a traced number into an array that {keeper} has handed on: write it before");
                }

                items = [.. this];
            }

            if (items is not null) (plain, items[place]) = (null, value);
            else if (plain is double[] numbers) numbers[place] = (double)value!;
            else plain!.SetValue(value, Indices(place));
        }
    }

    /// <summary>The place among all of an element with an index for each dimension; -1 where there is none.</summary>
    internal int Place(ReadOnlySpan<int> indices)
    {
        var place = 0;
        for (var k = 0; k < indices.Length; k++)
        {
            var index = indices[k] < 0 ? indices[k] + lengths[k] : indices[k];
            if ((uint)index >= (uint)lengths[k]) return -1;
            place = place * lengths[k] + index;
        }

        return place;
    }

    /// <summary>A copy, as Clone() makes one: arrays in it are shared.</summary>
    internal TypedArray Clone() => items is not null ? new(ElementType, lengths, (object?[])items.Clone())
        : new((Array)plain!.Clone(), isKnown: false);

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    static bool Covers(Type element) => element.IsPrimitive || element == typeof(decimal)
        || (element.IsArray && Covers(element.GetElementType()!));

    int[] Indices(int place)
    {
        var indices = new int[lengths.Length];
        for (var k = lengths.Length - 1; k >= 0; k--) (place, indices[k]) = (place / lengths[k], place % lengths[k]);
        return indices;
    }
}
