using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// The functions that a command was given, as what the numerics take. Each is made once: a command that runs from many starts traces its functions once.
/// </summary>
internal sealed class UserFunctions
{
    readonly Dictionary<(FunctionArgument, string), IMap> maps = [];

    /// <summary>A function of x, or of y for a loss.</summary>
    /// <param name="function">The function.</param>
    /// <param name="role">What it is in the problem, for messages and error ids.</param>
    internal IMap Map(FunctionArgument function, string role)
    {
        if (maps.TryGetValue((function, role), out var known)) return known;
        return maps[(function, role)] = function.Value switch
        {
            IMap map => CompiledMaps.Guarded(map, role),
            ScriptBlock block => new ScriptBlockMap(block, role),
            _ => new CallMap(Call(function, role, role == "Loss" ? "y" : "x")),
        };
    }

    /// <summary>A function of x with the derivatives that are supplied for it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="role">What it is in the problem.</param>
    /// <param name="jacobian">dy/dx of x, or null.</param>
    /// <param name="adjoint">(dy/dx)'w of x and w, or null.</param>
    internal IMap Map(FunctionArgument function, string role, FunctionArgument? jacobian, FunctionArgument? adjoint)
    {
        var values = Map(function, role);
        if (jacobian is null && adjoint is null) return values;
        if (maps.TryGetValue((function, role + "WithDerivatives"), out var known)) return known;
        return maps[(function, role + "WithDerivatives")] = new SuppliedDerivativesMap(
            values, jacobian is null ? null : Call(jacobian, "Jacobian", "x"), adjoint is null ? null : Call(adjoint, "Adjoint", "x"));
    }

    /// <summary>An inverse of the physics.</summary>
    internal static IInverseMap Inverse(FunctionArgument function) => function.Value as IInverseMap ?? new CallInverse(Call(function, "Inverse", "y"));

    static ICall Call(FunctionArgument function, string role, string argument) => function.Value switch
    {
        ScriptBlock block => new ScriptBlockCall(block, role, argument),
        Delegate code => new CompiledCall(code, role, argument),
        var other => throw new ProblemException(
            $"{role}Unfit", $"{role} cannot be an object of type {other.GetType().Name}.", $"Give {role} as {FunctionArgument.Wanted}."),
    };
}
