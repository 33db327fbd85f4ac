using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// Writes a loop: eight turns at a time, in one or several vectors, and then what is left of the turns as one more group of eight, of which only
/// the lanes that exist are loaded and stored.
/// </summary>
internal sealed class LoopEmitter
{
    /// <summary>Turns at a time, on every machine: a sum is one of eight partial sums.</summary>
    internal const int Group = 8;

    static readonly int Lanes = VectorInstructions.LaneCount;

    readonly ILGenerator code;
    readonly Loop loop;
    readonly LoopOperands operands;
    readonly LocalBuilder[][] sums;

    LoopEmitter(MethodWriter method, Loop loop, GatherTable gathers)
    {
        (code, this.loop) = (method.Code, loop);
        operands = new(method, loop, gathers);
        sums = [.. loop.Sums.Select(_ => operands.NewVectors())];
    }

    internal static void Write(MethodWriter method, Loop loop, GatherTable gathers)
    {
        var writer = new LoopEmitter(method, loop, gathers);
        writer.WriteTurns();
        for (var s = 0; s < loop.Sums.Count; s++) writer.WriteTotal(method, s);
    }

    void WriteTurns()
    {
        foreach (var local in sums.SelectMany(locals => locals))
        {
            operands.Broadcast(-0.0);
            code.Emit(OpCodes.Stloc, local);
        }

        var (groups, rest) = (loop.Length / Group, loop.Length % Group);
        if (groups > 1)
        {
            var top = code.DefineLabel();
            operands.StartAt(0);
            code.MarkLabel(top);
            WriteGroup(Group);
            operands.AdvanceAndRepeat(Group, groups * Group, top);
        }
        else if (groups == 1)
        {
            operands.FixAt(0);
            WriteGroup(Group);
        }

        if (rest == 0) return;
        operands.FixAt(groups * Group);
        WriteGroup(rest);
    }

    /// <summary>Eight turns, or the first few of eight.</summary>
    void WriteGroup(int turns)
    {
        operands.Begin(turns);
        foreach (var operation in loop.Body) Write(operation, turns);
        for (var s = 0; s < sums.Length; s++)
        {
            for (var v = 0; v < VectorsFor(turns); v++) Accumulate(loop.Sums[s].Source, sums[s][v], v, turns);
        }

        foreach (var store in loop.Stores) operands.Store(store, turns);
    }

    void Write(in LoopOperation operation, int turns)
    {
        var (name, target, a, b) = operation;
        if (name is Operation.Exp or Operation.Log or Operation.Sin or Operation.Cos) operands.Set(target, WriteFunction(name, a, turns));
        else operands.Set(target, [.. Enumerable.Range(0, VectorsFor(turns)).Select(v => WriteVector(name, a, name.IsBinary() ? b : null, v, turns))]);
    }

    LocalBuilder WriteVector(Operation name, Access a, Access? b, int v, int turns)
    {
        if (name == Operation.Input || VectorInstructions.Has(name))
        {
            operands.Push(a, v, turns);
            if (b is not null) operands.Push(b.Value, v, turns);
            if (name != Operation.Input) VectorInstructions.Emit(code, name);
            return operands.Keep();
        }

        var left = operands.Local(a, v, turns);
        var right = b is null ? left : operands.Local(b.Value, v, turns);
        if (name is Operation.AtLeast or Operation.AtMost or Operation.Step or Operation.Where or Operation.Sign) WriteChoice(name, left, right);
        else WriteLanes(name, left, b is null ? null : right, System.Math.Min(Lanes, turns - v * Lanes));
        return operands.Keep();
    }

    /// <summary>The operations that choose, by masks.</summary>
    void WriteChoice(Operation name, LocalBuilder a, LocalBuilder b)
    {
        switch (name)
        {
            case Operation.AtLeast:
                Compare(a, b, VectorInstructions.LessThan);
                code.Emit(OpCodes.Ldloc, b);
                code.Emit(OpCodes.Ldloc, a);
                break;
            case Operation.AtMost:
                Compare(a, b, VectorInstructions.GreaterThan);
                code.Emit(OpCodes.Ldloc, b);
                code.Emit(OpCodes.Ldloc, a);
                break;
            case Operation.Where:
                Compare(a, null, VectorInstructions.Equals);
                operands.Broadcast(0);
                code.Emit(OpCodes.Ldloc, b);
                break;
            default:
                var (above, below, equal, to) = name == Operation.Step ? (1.0, 0.0, 0.5, b) : (1.0, -1.0, 0.0, null);
                Compare(a, to, VectorInstructions.GreaterThan);
                operands.Broadcast(above);
                Compare(a, to, VectorInstructions.LessThan);
                operands.Broadcast(below);
                Compare(a, to, VectorInstructions.Equals);
                operands.Broadcast(equal);
                operands.Broadcast(double.NaN);
                code.Emit(OpCodes.Call, VectorInstructions.Select);
                code.Emit(OpCodes.Call, VectorInstructions.Select);
                break;
        }

        code.Emit(OpCodes.Call, VectorInstructions.Select);
    }

    /// <summary>Compares with b, or with zero.</summary>
    void Compare(LocalBuilder a, LocalBuilder? b, System.Reflection.MethodInfo relation)
    {
        code.Emit(OpCodes.Ldloc, a);
        if (b is null) operands.Broadcast(0);
        else code.Emit(OpCodes.Ldloc, b);
        code.Emit(OpCodes.Call, relation);
    }

    /// <summary>A function that knows no vectors: lane by lane, and only those that exist.</summary>
    void WriteLanes(Operation name, LocalBuilder a, LocalBuilder? b, int lanes)
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (lane >= lanes)
            {
                code.Emit(OpCodes.Ldc_R8, 0.0);
                continue;
            }

            operands.PushLane(a, lane);
            if (b is not null) operands.PushLane(b, lane);
            ScalarInstructions.Emit(code, name);
        }

        code.Emit(OpCodes.Call, VectorInstructions.Assemble);
    }

    /// <summary>One of <see cref="VectorFunctions"/>, which take eight numbers.</summary>
    LocalBuilder[] WriteFunction(Operation name, Access a, int turns)
    {
        LocalBuilder[] parts = [.. Enumerable.Range(0, VectorsFor(turns)).Select(v => operands.Local(a, v, turns))];
        VectorParts.PushWhole(code, parts);
        code.Emit(OpCodes.Call, typeof(VectorFunctions).GetMethod(name.ToString(), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!);
        return VectorParts.Split(code, VectorsFor(turns));
    }

    void Accumulate(Access source, LocalBuilder sum, int v, int turns)
    {
        code.Emit(OpCodes.Ldloc, sum);
        var lanes = System.Math.Min(Lanes, turns - v * Lanes);
        if (lanes < Lanes)
        {
            for (var lane = 0; lane < Lanes; lane++) code.Emit(OpCodes.Ldc_I8, lane < lanes ? -1L : 0L);
            foreach (var part in VectorInstructions.AssembleBits) code.Emit(OpCodes.Call, part);
        }

        operands.Push(source, v, turns);
        if (lanes < Lanes)
        {
            operands.Broadcast(-0.0); // adding it changes nothing
            code.Emit(OpCodes.Call, VectorInstructions.Select);
        }

        VectorInstructions.Emit(code, Operation.Add);
        code.Emit(OpCodes.Stloc, sum);
    }

    void WriteTotal(MethodWriter method, int s)
    {
        method.PushAddress(loop.Sums[s].Target);
        VectorParts.PushWhole(code, sums[s]);
        code.Emit(OpCodes.Call, ((Func<Vector512<double>, double>)VectorParts.Total).Method);
        code.Emit(OpCodes.Stind_R8);
    }

    static int VectorsFor(int turns) => (turns + Lanes - 1) / Lanes;
}
