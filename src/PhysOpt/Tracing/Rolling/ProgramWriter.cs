using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Rolling;

/// <summary>Writes the steps of a program, stage by stage.</summary>
internal sealed class ProgramWriter
{
    readonly ClassedGraph graph;
    readonly VectorSchedule schedule;
    readonly int[] outputNodes;
    readonly ProgramMemory memory;
    readonly List<Step> steps = [];
    readonly List<StraightOperation> straight = [];
    readonly int[] registers; // of the vectors of the loop at hand
    int operationCount; // of straight code so far

    internal ProgramWriter(ClassedGraph graph, VectorSchedule schedule, int[] outputNodes)
    {
        (this.graph, this.schedule, this.outputNodes) = (graph, schedule, outputNodes);
        memory = new(graph, schedule, outputNodes);
        registers = new int[graph.Classes.Count];
    }

    internal LoopProgram Write()
    {
        var (straightStages, vectorStages, sumStages, listStages) = ByStage();
        var releases = new List<int>?[vectorStages.Length];
        NumberReaders(straightStages);
        for (var stage = 0; stage < straightStages.Length; stage++)
        {
            foreach (var node in straightStages[stage] ?? []) WriteStraight(node);
            foreach (var vector in releases[stage] ?? []) memory.Release(vector);
            if (vectorStages[stage] is null && sumStages[stage] is null && listStages[stage] is null) continue;
            var bodies = Bodies(vectorStages[stage] ?? [], sumStages[stage] ?? []);
            foreach (var vector in vectorStages[stage] ?? [])
            {
                if (!memory.IsStored(vector) || memory.OutputStore(vector) is not null) continue;
                memory.Place(vector);
                var end = memory.LastRead(vector) + 1;
                if (end < releases.Length) (releases[end] ??= []).Add(vector);
            }

            EndStraight();
            foreach (var body in bodies) steps.Add(Loop(body));
            if (listStages[stage] is { } lists) new ListWriter(graph, memory, steps).Write(lists);
        }

        CopyOutputs();
        EndStraight();
        return new(graph.InputCount, outputNodes.Length, memory.WorkCount, memory.Constants, [.. steps]);
    }

    /// <summary>What goes into one loop: vectors and sums of one length.</summary>
    sealed record Body(int Length, List<int> Vectors, List<int> Sums);

    (List<int>?[] Straight, List<int>?[] Vectors, List<int>?[] Sums, List<int>?[] Lists) ByStage()
    {
        var last = 0;
        for (var k = 0; k < graph.Count; k++) last = System.Math.Max(last, schedule.StageOf(k));
        var (straightStages, vectorStages, sumStages) = (new List<int>?[last + 1], new List<int>?[last + 1], new List<int>?[last + 1]);
        var (listStages, hasLists) = (new List<int>?[last + 1], graph.HasLists);
        var placed = new bool[graph.Classes.Count];
        for (var k = 0; k < graph.Count; k++)
        {
            var (c, operation) = (graph.ClassOf(k), graph.OperationOf(k));
            if (operation.IsLeaf || (hasLists && operation.IsList && schedule.StageOf(k) < 0)) continue;
            var stages = operation == ClassTable.SumOfTerms ? sumStages : hasLists && operation.IsList ? listStages
                : schedule.IsVector(c) ? vectorStages : straightStages;
            if (schedule.IsVector(c) && placed[c]) continue;
            placed[c] = true; // vectors in the order of their first members: operands come first, and what was recorded together stays so
            (stages[schedule.StageOf(k)] ??= []).Add(schedule.IsVector(c) ? c : k);
        }

        return (straightStages, vectorStages, sumStages, listStages);
    }

    void NumberReaders(List<int>?[] straightStages)
    {
        var operation = 0;
        foreach (var stage in straightStages)
        {
            foreach (var node in stage ?? [])
            {
                memory.ReadBy(operation, graph.LeftOf(node));
                memory.ReadBy(operation++, graph.RightOf(node));
            }
        }
    }

    List<Body> Bodies(List<int> vectors, List<int> sums)
    {
        var bodies = new List<Body>();
        var byLength = new Dictionary<int, Body>();
        foreach (var vector in vectors) Find(graph.MembersOf(vector).Length).Vectors.Add(vector);
        foreach (var sum in sums) Find(graph.TermsOf(sum).Length).Sums.Add(sum);
        return bodies;

        Body Find(int length)
        {
            if (byLength.TryGetValue(length, out var body)) return body;
            bodies.Add(byLength[length] = body = new(length, [], []));
            return body;
        }
    }

    void WriteStraight(int node)
    {
        var (a, b) = (graph.LeftOf(node), graph.RightOf(node));
        var left = memory.LocationOf(a);
        var right = b < 0 ? left : memory.LocationOf(b);
        straight.Add(new(graph.OperationOf(node), memory.Place(operationCount++, node), left, right));
    }

    void EndStraight()
    {
        if (straight.Count > 0) steps.Add(new Straight([.. straight]));
        straight.Clear();
    }

    Loop Loop(Body body)
    {
        var code = new List<LoopOperation>();
        var loads = new Dictionary<Access, int>();
        var registerCount = 0;
        var stores = new List<Store>();
        foreach (var vector in body.Vectors)
        {
            var members = graph.MembersOf(vector);
            var operation = graph.Classes.OperationOf(vector);
            var left = operation.ReadsList ? memory.ToOperands(members, right: false) : Operand(vector, right: false);
            var right = graph.RightOf(members[0]) < 0 ? left : Operand(vector, right: true);
            var length = operation.ReadsList ? graph.LengthOf(graph.LeftOf(members[0])) : 0;
            code.Add(new(operation, registers[vector] = registerCount++, left, right, length));
            if (memory.OutputStore(vector) is { } outputs) stores.Add(new(registers[vector], outputs));
            else if (memory.IsStored(vector)) stores.Add(new(registers[vector], memory.ToAccess(members)));
        }

        var sums = new Sum[body.Sums.Count];
        for (var i = 0; i < sums.Length; i++)
        {
            var sum = body.Sums[i];
            var terms = graph.TermsOf(sum);
            var source = schedule.IsOverWholeVector(sum) ? new(Space.Register, registers[graph.ClassOf(terms[0])], 0)
                : memory.ToAccess(terms);
            sums[i] = new(source, memory.LocationOf(sum));
        }

        return new(body.Length, [.. code], registerCount, [.. stores], sums);

        Access Operand(int vector, bool right)
        {
            var members = graph.MembersOf(vector);
            var c = graph.ClassOf(right ? graph.RightOf(members[0]) : graph.LeftOf(members[0]));
            if (schedule.IsVector(c) && schedule.IsInLoop(vector, right, c)) return new(Space.Register, registers[c], 0);
            var access = memory.ToOperands(members, right);
            if (access.Indices is null && access.Stride is 0 or 1) return access;
            if (!loads.TryGetValue(access, out var register))
            {
                loads[access] = register = registerCount++;
                code.Add(new(Operation.Input, register, access, access));
            }

            return new(Space.Register, register, 0);
        }
    }

    /// <summary>Outputs that are inputs, constants, one another, or parts of vectors.</summary>
    void CopyOutputs()
    {
        var copies = new List<int>?[graph.Classes.Count];
        for (var j = 0; j < outputNodes.Length; j++)
        {
            if (memory.NeedsCopy(j, outputNodes[j])) (copies[graph.ClassOf(outputNodes[j])] ??= []).Add(j);
        }

        for (var c = 0; c < copies.Length; c++)
        {
            if (copies[c] is null || IsLoop(c)) continue;
            foreach (var j in copies[c]!)
            {
                var from = memory.LocationOf(outputNodes[j]);
                straight.Add(new(Operation.Input, new(Space.Output, j), from, from));
            }
        }

        EndStraight();
        for (var c = 0; c < copies.Length; c++)
        {
            if (copies[c] is null || !IsLoop(c)) continue;
            int[] outputs = [.. copies[c]!];
            var nodes = new int[outputs.Length];
            for (var i = 0; i < nodes.Length; i++) nodes[i] = outputNodes[outputs[i]];
            var source = memory.ToAccess(nodes);
            steps.Add(new Loop(outputs.Length, [new(Operation.Input, 0, source, source)], 1, [new(0, memory.ToOutputs(outputs))], []));
        }

        bool IsLoop(int c) =>
            copies[c]!.Count >= LoopShape.ShortestVector && (schedule.IsVector(c) || graph.Classes.OperationOf(c).IsLeaf);
    }
}
