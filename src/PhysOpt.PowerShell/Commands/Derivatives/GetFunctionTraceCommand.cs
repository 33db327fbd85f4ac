using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// How a function, or each function of a problem, is computed: traced, with what it was rolled up into, or not traced, and why and where.
/// </summary>
[Cmdlet(VerbsCommon.Get, "FunctionTrace", DefaultParameterSetName = "Function")]
[OutputType(typeof(FunctionTrace))]
public sealed class GetFunctionTraceCommand : FunctionCommand
{
    /// <inheritdoc/>
    private protected override void Process(OptimizationProblem subject)
    {
        if (subject.Physics is not { } physics)
        {
            Write(subject.Loss, Role, subject.InitialGuess);
            return;
        }

        var traced = Write(physics, "Physics", subject.InitialGuess);
        Write(subject.Loss, "Loss", traced.Evaluate(subject.InitialGuess));
    }

    /// <summary>Traces a map, says how it went, and gives it as it will be computed.</summary>
    IMap Write(IMap map, string role, Vector at)
    {
        var traced = (map as ITraceableMap)?.Trace(at, WriteVerbose);
        if (map is ScriptBlockMap { Failure: { } failure }) throw failure;
        WriteObject(map is ScriptBlockMap block ? block.Report(role, at) : new FunctionTrace { Role = role, At = at, Runs = Words(map) });
        return traced ?? map;
    }

    static string Words(IMap map) => map switch
    {
        SuppliedDerivativesMap supplied =>
            $"{(supplied.Values is ScriptBlockMap ? "as the script block" : "as compiled code")}, with the derivatives that were supplied",
        IDifferentiableMap when map.GetType().Assembly == typeof(Vector).Assembly => "as compiled code of the module",
        IDifferentiableMap => "as compiled code, with derivatives of its own",
        _ => "as compiled code, with finite differences",
    };
}
