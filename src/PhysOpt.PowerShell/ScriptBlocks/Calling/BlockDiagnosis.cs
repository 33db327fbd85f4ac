using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.Functions;
using PhysOpt.PowerShell.ScriptBlocks.Interpreting;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;
using ScriptPosition = PhysOpt.PowerShell.ScriptBlocks.Reading.ScriptPosition;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Finds the operation of a script block that is to blame for a value, a slope or a jump: the block is walked once more there, and each
/// operation is noted with its place.
/// </summary>
/// <param name="block">The block.</param>
/// <param name="untouched">Calls it as it is.</param>
/// <param name="captured">What it takes from its surroundings.</param>
internal sealed class BlockDiagnosis(ScriptBlock block, ScriptBlockCall untouched, WatchedVariables captured)
{
    /// <inheritdoc cref="IExplainedMap.NotFinite"/>
    internal Culprit? NotFinite(Vector x)
    {
        var walk = At(x);
        if (Diagnosis.NotFinite(walk.Recorder, walk.Outputs) is not (>= 0 and var node)) return null;
        var (value, (operation, a, b)) = (walk.Recorder.ValueOf(node), walk.Recorder.Nodes[node]);
        var isOfZero = operation.IsLeaf || walk.Recorder.ValueOf(a) == 0 || (b >= 0 && walk.Recorder.ValueOf(b) == 0);
        return walk.Blame(node, double.IsNaN(value) ? "is NaN" : isOfZero ? $"is {(value > 0 ? "infinite" : "minus infinity")}" : "overflows");
    }

    /// <inheritdoc cref="IExplainedMap.NoSlope"/>
    internal Culprit? NoSlope(Vector x)
    {
        var walk = At(x);
        return Diagnosis.NoSlope(walk.Recorder, walk.Outputs) is >= 0 and var node ? walk.Blame(node, "has no finite slope") : null;
    }

    /// <inheritdoc cref="IExplainedMap.Between"/>
    internal Culprit? Between(Vector x, Vector neighbour)
    {
        var (here, there) = (At(x), At(neighbour));
        if (Diagnosis.Turn(here.Recorder, there.Recorder) is >= 0 and var guard)
        {
            var compared = here.Recorder.Guards[guard];
            return here.GuardPlaces[guard] is not { } place ? null
                : new(ScriptPosition.Named(place.Extent), Diagnosis.Inputs(here.Recorder.Nodes, compared.Left, compared.Right),
                    "turns out differently on its two sides");
        }

        return Diagnosis.Jump(here.Recorder, there.Recorder) is >= 0 and var node ? here.Blame(node, "jumps") : null;
    }

    Walk At(Vector x)
    {
        var walk = new Walk(new(x.AsSpan()));
        var recording = new Recording(walk.Recorder);
        walk.Recorder.Noted = () => walk.Note(recording.Place);
        try
        {
            walk.Outputs = [.. BlockTracer.Walked(recording, block, untouched, captured).OfType<TracedNumber>()
                .Select(number => number.Node)];
        }
        catch (Exception exception) when (exception is TraceRefusedException or TracingException)
        {
            // as far as it went
        }

        return walk;
    }

    /// <summary>A recording whose operations and comparisons have places in the script.</summary>
    sealed class Walk(Recorder recorder)
    {
        readonly List<Ast?> places = [.. new Ast?[recorder.Count]];

        internal Recorder Recorder => recorder;

        /// <summary>The nodes of what it returned; null where it did not come to its end.</summary>
        internal int[]? Outputs { get; set; }

        internal List<Ast?> GuardPlaces { get; } = [];

        internal void Note(Ast? place)
        {
            while (places.Count < recorder.Count) places.Add(place);
            while (GuardPlaces.Count < recorder.Guards.Count) GuardPlaces.Add(place);
        }

        internal Culprit? Blame(int node, string does) => places[node] is not { } place ? null
            : new(ScriptPosition.Named(place.Extent), Diagnosis.Inputs(recorder.Nodes, node), does);
    }
}
