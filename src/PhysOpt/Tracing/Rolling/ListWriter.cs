using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Rolling;

/// <summary>Writes the steps that make lists, which lie side by side in the working memory.</summary>
internal sealed class ListWriter(ClassedGraph graph, ProgramMemory memory, List<Step> steps)
{
    /// <summary>The lists of one stage.</summary>
    internal void Write(List<int> lists)
    {
        var copies = new (List<int> From, List<int> To)?[(int)Space.Register]; // by the space that is copied from
        foreach (var list in lists)
        {
            if (graph.OperationOf(list).HoldsOperands) AddCopies(list, copies);
            else WriteSums(list);
        }

        for (var space = 0; space < copies.Length; space++)
        {
            if (copies[space] is not var (from, to)) continue;
            Copy(memory.ToPlaces((Space)space, [.. from]), memory.ToPlaces(Space.Work, [.. to]), from.Count);
        }
    }

    void AddCopies(int list, (List<int> From, List<int> To)?[] copies)
    {
        var place = memory.LocationOf(list).Index;
        foreach (var operand in graph.OperandsOf(list))
        {
            var location = memory.LocationOf(operand);
            var (from, to) = copies[(int)location.Space] ??= ([], []);
            from.Add(location.Index);
            to.Add(place++);
        }
    }

    /// <summary>Terms of one class with indices of one class are a part.</summary>
    void WriteSums(int list)
    {
        int[] operands = [.. graph.OperandsOf(list)];
        var half = graph.OperationOf(list).PlacesFrom(operands.Length);
        var parts = new Dictionary<(int, int), (List<int> Terms, List<int> Indices)>(); // in the order in which they are met
        for (var k = 0; k < half; k++)
        {
            var key = (graph.ClassOf(operands[k]), graph.ClassOf(operands[half + k]));
            if (!parts.TryGetValue(key, out var part)) parts[key] = part = ([], []);
            part.Terms.Add(operands[k]);
            part.Indices.Add(operands[half + k]);
        }

        var slices = new List<ScatteredTerms>();
        foreach (var (terms, indices) in parts.Values) slices.Add(new(terms.Count, Slice(terms), Slice(indices)));
        steps.Add(new Scattering(memory.LocationOf(list), graph.LengthOf(list), slices));
    }

    /// <summary>The access to nodes of one class, which are copied if they lie scattered.</summary>
    Access Slice(List<int> nodes)
    {
        var access = memory.ToAccess([.. nodes]);
        if (access.Indices is null) return access;
        var copy = new Access(Space.Work, memory.Reserve(nodes.Count).Index, 1);
        Copy(access, copy, nodes.Count);
        return copy;
    }

    void Copy(Access from, Access to, int count) =>
        steps.Add(new Loop(count, [new(Operation.Input, 0, from, from)], 1, [new(0, to)], []));
}
