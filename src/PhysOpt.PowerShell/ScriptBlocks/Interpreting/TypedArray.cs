using System.Collections;
using System.Runtime.CompilerServices;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// An array of numbers as a script sees it, [double[]] or [int[,]], whose elements may be traced numbers of that type. As long as none is,
/// it is the real array, which other code may hold too.
/// </summary>
internal sealed class TypedArray : IEnumerable<object?>
{
    static readonly ConditionalWeakTable<Array, TypedArray> Known = [];
    readonly int[] lengths;
    Array? plain;
    object?[]? items;

    TypedArray(Array plain)
    {
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

    /// <summary>True for an array that is seen through this class: of numbers, of arrays of them, and with several dimensions.</summary>
    internal static bool Covers(Array array) => array.Rank > 1 || Covers(array.GetType().GetElementType()!);

    /// <summary>The array around a real one: the same one each time.</summary>
    internal static TypedArray Of(Array array) => array.GetType().GetElementType()!.IsArray ? new(array)
        : Known.GetValue(array, each => new(each));

    /// <summary>A new array with one dimension of some values, which have its type already.</summary>
    internal static TypedArray Of(Type elementType, object?[] items) => new(elementType, [items.Length], items);

    /// <summary>The number of elements along a dimension.</summary>
    internal int Length(int dimension) => lengths[dimension];

    /// <summary>An element by its place among all, row by row.</summary>
    internal object? this[int place]
    {
        get => items is not null ? items[place] : plain is double[] numbers ? numbers[place] : plain!.GetValue(Indices(place));
        set
        {
            if (items is null && Values.IsTraced(value)) items = [.. this];
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
    internal TypedArray Clone() => items is not null ? new(ElementType, lengths, (object?[])items.Clone()) : Of((Array)plain!.Clone());

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
