using System.Runtime.InteropServices;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Recording;

/// <summary>
/// A graph while it grows. Every operation is looked up before it is appended (hash-consing), so that a common subexpression is one
/// node however often it is written; what can be simplified is, as its operation says, without changing a bit of the result (but
/// for the payload and sign of a NaN), so that a folded graph computes what the script computes. An operation on constants is a constant.
/// </summary>
internal sealed class GraphBuilder : Nodes
{
    readonly int limit;
    int[] table = new int[256]; // node + 1 at its hash, 0 where empty; at most half full

    /// <summary>A graph of n inputs, which are nodes 0 to n - 1, and nothing else yet.</summary>
    internal GraphBuilder(int inputCount, int limit = int.MaxValue)
    {
        this.limit = limit;
        InputCount = inputCount;
        if (inputCount > limit) throw TracingException.TooLong(limit);
        for (var i = 0; i < inputCount; i++) Extend(Operation.Input, i, -1);
    }

    /// <summary>n.</summary>
    internal int InputCount { get; }

    /// <inheritdoc/>
    internal override int Constant(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var slot = Slot(HashCode.Combine(bits));
        for (; table[slot] != 0; slot = (slot + 1) & (table.Length - 1))
        {
            var node = table[slot] - 1;
            if (IsConstant(node) && BitConverter.DoubleToInt64Bits(ConstantOf(node)) == bits) return node;
        }

        constants.Add(value);
        return Enter(slot, Operation.Constant, constants.Count - 1, -1);
    }

    /// <inheritdoc/>
    internal override int Apply(Operation operation, int a, int b = -1)
    {
        if (IsConstant(a) && (b < 0 || IsConstant(b)))
            return Constant(operation.Evaluate(ConstantOf(a), b < 0 ? 0 : ConstantOf(b)));
        return operation.Simplify(this, a, b);
    }

    /// <inheritdoc/>
    internal override int Append(Operation operation, int a, int b)
    {
        var (code, commutes) = (operation.Code, operation.IsCommutative);
        var slot = Slot(commutes && a > b ? HashCode.Combine(code, b, a) : HashCode.Combine(code, a, b));
        for (; table[slot] != 0; slot = (slot + 1) & (table.Length - 1))
        {
            var node = table[slot] - 1;
            if (operations[node] != code) continue;
            if ((left[node] == a && right[node] == b) || (commutes && left[node] == b && right[node] == a)) return node;
        }

        return Enter(slot, operation, a, b);
    }

    /// <inheritdoc/>
    internal override int Append(Operation operation, ReadOnlySpan<int> operands, int length)
    {
        var slot = Slot(HashOf(operation, operands, length));
        for (; table[slot] != 0; slot = (slot + 1) & (table.Length - 1))
        {
            var node = table[slot] - 1;
            if (operations[node] == operation.Code && LengthOf(node) == length && OperandsOf(node).SequenceEqual(operands)) return node;
        }

        lists.Add(new(operands.ToArray(), length));
        return Enter(slot, operation, lists.Count - 1, -1);
    }

    /// <summary>The nodes of another graph, appended to this one; its inputs are the given nodes, or this graph's first ones.</summary>
    /// <param name="graph">The other graph.</param>
    /// <param name="inputs">Its inputs here.</param>
    /// <param name="cheapen">Take the cheaper forms of operations where nothing abrupt depends on them.</param>
    internal int[] Import(Graph graph, IReadOnlyList<int>? inputs = null, bool cheapen = false)
    {
        var (exact, hasLists) = (cheapen ? graph.Exact : null, graph.HasLists);
        var nodes = new int[graph.Count];
        for (var k = 0; k < nodes.Length; k++)
        {
            var (operation, a, b) = graph[k];
            if (hasLists && operation.IsList)
            {
                nodes[k] = Apply(operation, Renamed(graph.OperandsOf(k), nodes), graph.LengthOf(k));
                continue;
            }

            nodes[k] = operation == Operation.Input ? (inputs is null ? a : inputs[a])
                : operation == Operation.Constant ? Constant(graph.ConstantOf(k))
                : !cheapen || exact?[k] == true ? Apply(operation, nodes[a], b < 0 ? -1 : nodes[b])
                : operation.Cheapen(this, nodes[a], b < 0 ? -1 : nodes[b]);
        }

        return nodes;
    }

    /// <summary>The graph of some outputs and guards: what they do not need is left out (dead-code elimination), the inputs stay.</summary>
    internal Graph ToGraph(IEnumerable<int> outputs, IEnumerable<Guard> guards)
    {
        int[] ends = [.. outputs];
        Guard[] checks = [.. guards];
        var name = Needed(ends, checks); // later the new number of the node
        var size = name.Sum();
        var (op, a, b, values, next) = (new byte[size], new int[size], new int[size], new List<double>(), 0);
        var kept = new List<ListEntry>();
        for (var k = 0; k < name.Length; k++)
        {
            if (name[k] == 0) continue;
            op[next] = operations[k];
            var isList = lists.Count > 0 && Operation.Of(op[next]).IsList;
            a[next] = IsConstant(k) ? values.Count : isList ? kept.Count : op[next] == Operation.Input.Code ? left[k] : name[left[k]];
            b[next] = right[k] < 0 ? -1 : name[right[k]];
            if (IsConstant(k)) values.Add(ConstantOf(k));
            if (isList) kept.Add(new(Renamed(OperandsOf(k), name), LengthOf(k)));
            name[k] = next++;
        }

        return new(
            InputCount, op, a, b, [.. values], [.. kept], [.. ends.Select(k => name[k])],
            [.. checks.Select(g => g with { Left = name[g.Left], Right = name[g.Right] })]);
    }

    /// <summary>1 for each node that outputs or guards need, and for inputs; 0 for others.</summary>
    internal int[] Needed(IEnumerable<int> outputs, IEnumerable<Guard> guards)
    {
        var name = new int[Count];
        for (var i = 0; i < InputCount; i++) name[i] = 1;
        foreach (var node in outputs) name[node] = 1;
        foreach (var guard in guards) name[guard.Left] = name[guard.Right] = 1;
        for (var k = Count - 1; k >= 0; k--)
        {
            var operation = Operation.Of(operations[k]);
            if (name[k] == 0 || operation.IsLeaf) continue;
            if (lists.Count > 0 && operation.IsList)
            {
                foreach (var operand in OperandsOf(k)) name[operand] = 1;
                continue;
            }

            name[left[k]] = 1;
            if (right[k] >= 0) name[right[k]] = 1;
        }

        return name;
    }

    int Enter(int slot, Operation operation, int a, int b)
    {
        if (Count == limit) throw TracingException.TooLong(limit);
        var node = Extend(operation, a, b);
        table[slot] = node + 1;
        if (2 * Count > table.Length) Rehash();
        return node;
    }

    static int[] Renamed(ReadOnlySpan<int> nodes, int[] names)
    {
        var renamed = new int[nodes.Length];
        for (var i = 0; i < renamed.Length; i++) renamed[i] = names[nodes[i]];
        return renamed;
    }

    static int HashOf(Operation operation, ReadOnlySpan<int> operands, int length)
    {
        var hash = new HashCode();
        hash.Add(operation.Code);
        hash.Add(length);
        hash.AddBytes(MemoryMarshal.AsBytes(operands));
        return hash.ToHashCode();
    }

    int Slot(int hash) => hash & (table.Length - 1);

    void Rehash()
    {
        table = new int[4 * table.Length];
        var ops = CollectionsMarshal.AsSpan(operations);
        for (var node = InputCount; node < ops.Length; node++)
        {
            var (a, b) = (left[node], right[node]);
            var operation = Operation.Of(ops[node]);
            var swap = operation.IsCommutative && a > b;
            var slot = Slot(
                operation.IsList ? HashOf(operation, OperandsOf(node), LengthOf(node))
                : IsConstant(node) ? HashCode.Combine(BitConverter.DoubleToInt64Bits(ConstantOf(node)))
                : swap ? HashCode.Combine(ops[node], b, a)
                : HashCode.Combine(ops[node], a, b));
            while (table[slot] != 0) slot = (slot + 1) & (table.Length - 1);
            table[slot] = node + 1;
        }
    }
}
