using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PhysOpt.Functions;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Running;

/// <summary>
/// A graph made ready for the interpreter: instructions on registers, where a register is free again after its last use.
/// Immutable; any number of threads may evaluate it at once. Griewank and Walther (2008), section 4.1.
/// </summary>
/// <remarks>
/// Every operation gives the bits of <see cref="Operation"/>, in the order of the graph: what a script block computes. So it is a
/// tape that decides whether
/// guards hold. Values and derivatives are computed by programs.
/// </remarks>
internal sealed class Tape
{
    readonly Instruction[] code;
    readonly double[] constants; // stand in the registers after the inputs
    readonly int[] outputs;
    readonly Guard[] guards;
    readonly int registerCount;
    readonly bool hasLists;
    readonly List<int[]> lists = []; // the registers of the operands of each
    readonly int longest; // list of operands, which are laid side by side after the registers

    /// <summary>
    /// Of a list, A is its number, and its numbers go to registers from Target on. Of what reads a list, A is the list's first
    /// register and Length its length, which is 0 elsewhere.
    /// </summary>
    readonly record struct Instruction(Operation Operation, int Target, int A, int B, int Length);

    internal Tape(Graph graph)
    {
        InputCount = graph.InputCount;
        var layout = new Layout(graph);
        constants = [.. layout.Constants];
        var instructions = new List<Instruction>(graph.Count - InputCount);
        for (var k = 0; k < graph.Count; k++)
        {
            var (operation, a, b) = graph[k];
            if (operation.IsLeaf) continue;
            if (operation.IsList)
            {
                if (layout.IsConstantList(k)) continue; // stands among the constants
                int[] operands = [.. graph.OperandsOf(k)];
                instructions.Add(new(operation, layout.PlaceList(k), lists.Count, 0, graph.LengthOf(k)));
                lists.Add([.. operands.Select(layout.RegisterOf)]);
                longest = int.Max(longest, operands.Length);
                continue;
            }

            var (left, right) = (layout.RegisterOf(a), layout.RegisterOf(b < 0 ? a : b));
            instructions.Add(new(operation, layout.Place(k), left, right, operation.ReadsList ? graph.LengthOf(a) : 0));
        }

        code = [.. instructions];
        hasLists = graph.HasLists;

        outputs = [.. graph.Outputs.Select(layout.RegisterOf)];
        guards = [.. graph.Guards.Select(guard =>
            guard with { Left = layout.RegisterOf(guard.Left), Right = layout.RegisterOf(guard.Right) })];
        registerCount = layout.RegisterCount;
    }

    /// <summary>n.</summary>
    internal int InputCount { get; }

    /// <summary>m.</summary>
    internal int OutputCount => outputs.Length;

    /// <summary>The number of instructions.</summary>
    internal int Length => code.Length;

    /// <summary>The number of registers, inputs and constants included.</summary>
    internal int RegisterCount => registerCount;

    /// <summary>Evaluates the graph at x.</summary>
    /// <param name="x">n numbers.</param>
    /// <param name="values">Receives the m outputs; may overlap x.</param>
    /// <returns>
    /// True when all guards hold at x and all indices are in their lists; where not, the outputs are those of another branch of the
    /// function.
    /// </returns>
    /// <exception cref="ArgumentException">x or values has another length.</exception>
    internal bool Evaluate(ReadOnlySpan<double> x, Span<double> values)
    {
        if (values.Length != outputs.Length)
            throw new ArgumentException($"The function has {Plural.Of(outputs.Length, "output")}, not {values.Length}.", nameof(values));
        var registers = Run(x, out var holds);
        for (var i = 0; i < outputs.Length; i++) values[i] = registers[outputs[i]];
        return holds && Hold(registers);
    }

    /// <summary>True when all guards hold at x and all indices are in their lists.</summary>
    /// <exception cref="ArgumentException">x has another length.</exception>
    internal bool Holds(ReadOnlySpan<double> x)
    {
        var registers = Run(x, out var holds);
        return holds && Hold(registers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a run is often over before the runtime would find out that this loop is hot
    double[] Run(ReadOnlySpan<double> x, out bool holds)
    {
        if (x.Length != InputCount)
            throw new ArgumentException($"The function takes {Plural.Of(InputCount, "number")}, not {x.Length}.", nameof(x));
        var registers = EvaluationMemory.OfThread(registerCount + longest);
        x.CopyTo(registers);
        constants.CopyTo(registers, x.Length);
        holds = true;
        if (hasLists)
        {
            RunLists(registers, ref holds);
            return registers;
        }

        // every register of every instruction lies below registerCount: the layout gave them out
        ref var r = ref MemoryMarshal.GetArrayDataReference(registers);
        foreach (ref readonly var step in code.AsSpan())
        {
            var (a, b) = (Unsafe.Add(ref r, step.A), Unsafe.Add(ref r, step.B));
            ref var target = ref Unsafe.Add(ref r, step.Target);
            target = Shortcuts.Evaluate(step.Operation, a, b);
        }

        return registers;
    }

    /// <summary>The same where some instructions make or read lists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunLists(double[] registers, ref bool holds)
    {
        foreach (ref readonly var step in code.AsSpan())
        {
            if (step.Length == 0)
            {
                registers[step.Target] = Shortcuts.Evaluate(step.Operation, registers[step.A], registers[step.B]);
            }
            else if (step.Operation.ReadsList)
            {
                var index = registers[step.B];
                holds &= step.Operation.IsInside(step.Length, index);
                registers[step.Target] = step.Operation.Evaluate(registers.AsSpan(step.A, step.Length), index);
            }
            else
            {
                var operands = lists[step.A];
                for (var i = 0; i < operands.Length; i++) registers[registerCount + i] = registers[operands[i]];
                step.Operation.Fill(registers.AsSpan(step.Target, step.Length), registers.AsSpan(registerCount, operands.Length));
            }
        }
    }

    bool Hold(double[] registers)
    {
        foreach (var guard in guards)
        {
            if (!guard.Holds(registers[guard.Left], registers[guard.Right])) return false;
        }

        return true;
    }

    /// <summary>Gives out registers: inputs first, then constants, then one for each result from its node to its last use.</summary>
    sealed class Layout
    {
        const int Kept = int.MaxValue;
        readonly Graph graph;
        readonly int[] registers;
        readonly int[] lastUse;
        readonly Stack<int> free = [];

        internal Layout(Graph graph)
        {
            this.graph = graph;
            registers = new int[graph.Count];
            lastUse = new int[graph.Count];
            for (var k = 0; k < graph.Count; k++)
            {
                var (operation, a, b) = graph[k];
                if (operation == Operation.Input) registers[k] = RegisterCount++;
                if (operation.IsLeaf) lastUse[k] = Kept;
                if (operation.IsList)
                {
                    foreach (var operand in graph.OperandsOf(k)) lastUse[operand] = int.Max(lastUse[operand], k);
                    lastUse[k] = Kept;
                    continue;
                }

                if (!operation.IsLeaf) lastUse[a] = int.Max(lastUse[a], k);
                if (b >= 0) lastUse[b] = int.Max(lastUse[b], k);
            }

            for (var k = 0; k < graph.Count; k++)
            {
                if (graph[k].Operation == Operation.Constant)
                {
                    Constants.Add(graph.ConstantOf(k));
                    registers[k] = RegisterCount++;
                }
                else if (IsConstantList(k))
                {
                    registers[k] = RegisterCount;
                    foreach (var operand in graph.OperandsOf(k)) Constants.Add(graph.ConstantOf(operand));
                    RegisterCount += graph.LengthOf(k);
                }
            }

            foreach (var node in graph.Outputs) lastUse[node] = Kept;
            foreach (var guard in graph.Guards) lastUse[guard.Left] = lastUse[guard.Right] = Kept;
        }

        internal List<double> Constants { get; } = [];

        internal int RegisterCount { get; private set; }

        internal int RegisterOf(int node) => registers[node];

        /// <summary>True for a list that is constants side by side.</summary>
        internal bool IsConstantList(int k)
        {
            if (!graph[k].Operation.HoldsOperands) return false;
            foreach (var operand in graph.OperandsOf(k))
            {
                if (graph[operand].Operation != Operation.Constant) return false;
            }

            return true;
        }

        /// <summary>The first register of a list; a list keeps its registers.</summary>
        internal int PlaceList(int k)
        {
            registers[k] = RegisterCount;
            RegisterCount += graph.LengthOf(k);
            return registers[k];
        }

        /// <summary>The register of the result of node k; those of its operands may be had again if this is their last use.</summary>
        internal int Place(int k)
        {
            var (_, a, b) = graph[k];
            if (lastUse[a] == k) free.Push(registers[a]);
            if (b >= 0 && b != a && lastUse[b] == k) free.Push(registers[b]);
            return registers[k] = free.TryPop(out var register) ? register : RegisterCount++;
        }
    }
}
