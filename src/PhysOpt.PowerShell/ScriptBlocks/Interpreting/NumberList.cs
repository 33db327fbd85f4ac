using System.Collections;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>A List[double] (or of another type of number) that a script made, whose elements may be traced numbers.</summary>
/// <param name="elementType">The type that its elements are converted to.</param>
internal sealed class NumberList(Type elementType) : IReadOnlyList<object?>
{
    string? keeper;

    /// <summary>The type of its elements.</summary>
    internal Type ElementType => elementType;

    /// <summary>Its elements, converted already.</summary>
    internal List<object?> Items { get; } = [];

    /// <summary>Its elements, to be changed.</summary>
    /// <exception cref="TraceRefusedException">An object of .NET looks at the list as it was.</exception>
    internal List<object?> Changing => keeper is null ? Items
        : throw new TraceRefusedException($"It changes a list that {keeper} has handed on: change it before, or use ToArray()");

    /// <inheritdoc/>
    public int Count => Items.Count;

    /// <inheritdoc/>
    public object? this[int index] => Items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>An object of .NET keeps what stands for the list from now on: a change would not reach it.</summary>
    /// <param name="method">By which method.</param>
    internal void KeptBy(string method) => keeper ??= method;

    /// <summary>Takes over what a method of .NET has left in the real list.</summary>
    internal void TakeOver(IList real)
    {
        object?[] items = [.. real.Cast<object?>()];
        if (items.SequenceEqual(Items)) return;
        var mine = Changing;
        mine.Clear();
        mine.AddRange(items);
    }

    /// <summary>The real list of its type, for code that takes nothing else.</summary>
    internal IList ToPlain()
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(elementType))!;
        foreach (var item in Items) list.Add(item);
        return list;
    }
}
