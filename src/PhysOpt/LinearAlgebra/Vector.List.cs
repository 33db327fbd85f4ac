using System.Collections;

namespace PhysOpt;

/// <content>The untyped list that PowerShell looks for when it unpacks, <c>$a, $b = $record.X</c>, and indexes; read-only.</content>
public sealed partial class Vector : IList
{
    object? IList.this[int index] { get => values[index]; set => throw ReadOnly(); }

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => true;

    bool ICollection.IsSynchronized => true;

    object ICollection.SyncRoot => this;

    bool IList.Contains(object? value) => ((IList)values).Contains(value);

    int IList.IndexOf(object? value) => ((IList)values).IndexOf(value);

    void ICollection.CopyTo(Array array, int index) => values.CopyTo(array, index);

    int IList.Add(object? value) => throw ReadOnly();

    void IList.Clear() => throw ReadOnly();

    void IList.Insert(int index, object? value) => throw ReadOnly();

    void IList.Remove(object? value) => throw ReadOnly();

    void IList.RemoveAt(int index) => throw ReadOnly();

    static NotSupportedException ReadOnly() => new("A vector does not change; make a new one.");
}
