using System.Collections;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>A List[double] (or of another type of number) that a script made, whose elements may be traced numbers.</summary>
/// <param name="elementType">The type that its elements are converted to.</param>
internal sealed class NumberList(Type elementType) : IReadOnlyList<object?>
{
    /// <summary>The type of its elements.</summary>
    internal Type ElementType => elementType;

    /// <summary>Its elements, converted already.</summary>
    internal List<object?> Items { get; } = [];

    /// <inheritdoc/>
    public int Count => Items.Count;

    /// <inheritdoc/>
    public object? this[int index] => Items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The real list of its type, for code that takes nothing else.</summary>
    internal IList ToPlain()
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(elementType))!;
        foreach (var item in Items) list.Add(item);
        return list;
    }
}
