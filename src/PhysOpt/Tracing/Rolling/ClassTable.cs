using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Rolling;

/// <summary>
/// Classes of nodes: two nodes are of one class where they do the same with operands of the same classes. All inputs are of one
/// class and all
/// constants of another, unless one is set apart. Classes are numbered so that those of the operands come first.
/// </summary>
internal sealed class ClassTable
{
    internal const int Input = 0;
    internal const int Constant = 1;

    /// <summary>Stands for the operation of a long sum; its class is that of its terms.</summary>
    internal static readonly Operation SumOfTerms = new Placeholder(nameof(SumOfTerms));

    const int KeyLength = 4;
    int[] keys = new int[16 * KeyLength]; // operation, a, b and pattern of one class after the other
    int[] table = new int[64]; // class + 1 at its hash, 0 where empty; at most half full

    internal ClassTable()
    {
        Find(Operation.Input, -1, -1, 0);
        Find(Operation.Constant, -1, -1, 0);
    }

    /// <summary>The number of classes.</summary>
    internal int Count { get; private set; }

    /// <summary>What nodes of the class do; a class of a single input is one of inputs.</summary>
    internal Operation OperationOf(int nodeClass) => Operation.Of((byte)keys[KeyLength * nodeClass]);

    /// <summary>The class of an operation on operands of classes a and b (-1: there is none), or for a leaf the one of number a.</summary>
    internal int Find(Operation operation, int a, int b, int pattern)
    {
        var slot = Hash(operation.Code, a, b, pattern) & (table.Length - 1);
        for (; table[slot] != 0; slot = (slot + 1) & (table.Length - 1))
        {
            var known = keys.AsSpan(KeyLength * (table[slot] - 1), KeyLength);
            if (known[0] == operation.Code && known[1] == a && known[2] == b && known[3] == pattern) return table[slot] - 1;
        }

        if (KeyLength * Count == keys.Length) Array.Resize(ref keys, 2 * keys.Length);
        var key = keys.AsSpan(KeyLength * Count, KeyLength);
        (key[0], key[1], key[2], key[3]) = (operation.Code, a, b, pattern);
        table[slot] = ++Count;
        if (2 * Count > table.Length) Rehash();
        return Count - 1;
    }

    void Rehash()
    {
        table = new int[4 * table.Length];
        for (var k = 0; k < Count; k++)
        {
            var key = keys.AsSpan(KeyLength * k, KeyLength);
            var slot = Hash(key[0], key[1], key[2], key[3]) & (table.Length - 1);
            while (table[slot] != 0) slot = (slot + 1) & (table.Length - 1);
            table[slot] = k + 1;
        }
    }

    static int Hash(int code, int a, int b, int pattern)
    {
        var hash = ((uint)a * 0x9E3779B1u) ^ (((uint)b + 0x7F4A7C15u) * 0x85EBCA77u) ^ (((uint)code + ((uint)pattern << 8)) * 0xC2B2AE3Du);
        return (int)((hash ^ (hash >> 15)) * 0x2C1B3C6Du >> 1);
    }
}
