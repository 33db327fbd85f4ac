using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Running;

/// <summary>
/// A loop made ready for the interpreter: operations on blocks of numbers, which stay in cache from one operation to the next. A
/// block is free
/// again after its last use; a register that is stored as a slice is computed where it is stored.
/// </summary>
internal sealed class LoopPlan
{
    /// <summary>The number of turns that are done at once; a multiple of the number of partial sums.</summary>
    internal const int BlockLength = 512;

    readonly Loop loop;
    readonly Access[] homes; // of the registers: a block, or the slice where it is stored
    readonly Stack<int> free = [];
    (Space Space, int Least, int Most)[]? reads; // where the loop reads

    internal LoopPlan(Loop loop)
    {
        this.loop = loop;
        homes = new Access[loop.RegisterCount];
        var code = new List<LoopOperation>(loop.Body.Count);
        var lastUses = LastUses();
        for (var i = 0; i < loop.Body.Count; i++)
        {
            var (operation, target, a, b, length) = loop.Body[i];
            var isUnary = a == b;
            (a, var borrowedA) = length > 0 ? (a, -1) : Reachable(a, code);
            (b, var borrowedB) = isUnary ? (a, -1) : Reachable(b, code);
            GiveBack(borrowedA);
            GiveBack(borrowedB);
            GiveBack(loop.Body[i].A, lastUses, i);
            if (!isUnary) GiveBack(loop.Body[i].B, lastUses, i);
            homes[target] = StoredSlice(target) ?? new(Space.Register, Borrow(), 0);
            code.Add(new(operation, target, a, b, length));
        }

        Code = [.. code.Select(each => new BlockOperation(each.Operation, TargetOf(each), each.A, each.B, each.Length))];
        Stores = [.. loop.Stores.Where(store => homes[store.Register] != store.Target).Select(store =>
            new BlockStore(homes[store.Register], store.Target))];
        Sums = [.. loop.Sums.Select(sum =>
            sum with { Source = sum.Source.Space == Space.Register ? homes[sum.Source.Offset] : sum.Source })];
        if (Sums.Any(sum => !IsReachable(sum.Source))) SumBlock = BlockCount++;
    }

    internal int Length => loop.Length;

    /// <summary>The operations; every operand is a block, a slice or a single number, but for that of a load and lists.</summary>
    internal BlockOperation[] Code { get; }

    /// <summary>What has to be copied after the operations.</summary>
    internal BlockStore[] Stores { get; }

    internal Sum[] Sums { get; }

    /// <summary>The number of blocks.</summary>
    internal int BlockCount { get; private set; }

    /// <summary>The block into which terms of sums are collected that lie scattered; -1 where none do.</summary>
    internal int SumBlock { get; } = -1;

    /// <summary>An operation on blocks; the space Register stands for blocks. Lists are read where they are.</summary>
    internal readonly record struct BlockOperation(Operation Operation, Access Target, Access A, Access B, int Length);

    /// <summary>A copy of a block or slice.</summary>
    internal readonly record struct BlockStore(Access Source, Access Target);

    /// <summary>True where the numbers lie side by side, or are one number.</summary>
    internal static bool IsReachable(Access access) =>
        access.Space == Space.Register || (access.Indices is null && access.Stride is 0 or 1);

    Access TargetOf(LoopOperation operation) => operation.Target >= 0 ? homes[operation.Target] : new(Space.Register, ~operation.Target, 0);

    int[] LastUses()
    {
        var lastUses = new int[loop.RegisterCount];
        for (var i = 0; i < loop.Body.Count; i++)
        {
            if (loop.Body[i].A.Space == Space.Register) lastUses[loop.Body[i].A.Offset] = i;
            if (loop.Body[i].B.Space == Space.Register) lastUses[loop.Body[i].B.Offset] = i;
        }

        foreach (var store in loop.Stores) lastUses[store.Register] = int.MaxValue;
        foreach (var sum in loop.Sums)
        {
            if (sum.Source.Space == Space.Register) lastUses[sum.Source.Offset] = int.MaxValue;
        }

        return lastUses;
    }

    /// <summary>The operand as an operation can read it; what lies scattered is loaded into a block first, which is borrowed.</summary>
    (Access Operand, int Borrowed) Reachable(Access operand, List<LoopOperation> code)
    {
        if (operand.Space == Space.Register) return (homes[operand.Offset], -1);
        if (IsReachable(operand)) return (operand, -1);
        var block = Borrow();
        code.Add(new(Operation.Input, ~block, operand, operand));
        return (new(Space.Register, block, 0), block);
    }

    int Borrow() => free.TryPop(out var block) ? block : BlockCount++;

    void GiveBack(int block)
    {
        if (block >= 0) free.Push(block);
    }

    void GiveBack(Access operand, int[] lastUses, int operation)
    {
        if (operand.Space != Space.Register || lastUses[operand.Offset] != operation) return;
        if (homes[operand.Offset].Space == Space.Register) free.Push(homes[operand.Offset].Offset);
        lastUses[operand.Offset] = -1; // an operand on both sides is given back once
    }

    /// <summary>
    /// The slice where a register is stored; null where there is none, or where the loop may still have to read what stood there.
    /// </summary>
    Access? StoredSlice(int register)
    {
        foreach (var store in loop.Stores)
        {
            if (store.Register == register && store.Target is { Indices: null, Stride: 1 } && !IsRead(store.Target)) return store.Target;
        }

        return null;
    }

    bool IsRead(Access slice)
    {
        reads ??= [.. loop.Body.SelectMany(operation => (Access[])[operation.A, operation.B])
            .Concat(loop.Sums.Select(sum => sum.Source)).Distinct().Select(Extent)];
        foreach (var (space, least, most) in reads)
        {
            if (space == slice.Space && most >= slice.Offset && least < slice.Offset + loop.Length) return true;
        }

        return false;
    }

    /// <summary>The part of a space in which an access lies.</summary>
    (Space Space, int Least, int Most) Extent(Access access)
    {
        if (access.Space == Space.Register) return (access.Space, 0, 0);
        if (access.Indices is not null) return (access.Space, access.Indices.Min(), access.Indices.Max());
        var last = access.Offset + access.Stride * (loop.Length - 1);
        return (access.Space, System.Math.Min(access.Offset, last), System.Math.Max(access.Offset, last));
    }
}
