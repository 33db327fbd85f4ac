using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// The functions that a command was given, as what the numerics take. Each is made once: a command that runs from
/// many starts traces its functions once.
/// </summary>
internal sealed class UserFunctions
{
    readonly Dictionary<(FunctionArgument, string, VariableNames?), IMap> maps = [];
    readonly Dictionary<IMap, SuppliedDerivativesMap> supplied = new(ReferenceEqualityComparer.Instance); // same text, other captures

    /// <summary>
    /// The function that has the variables of a problem, with the derivatives that are supplied for it, and a point in
    /// their order.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="role">What it is in the problem, for messages and error ids.</param>
    /// <param name="point">Where it is to be called.</param>
    /// <param name="pointRole">What the point is called: "InitialGuess", "At".</param>
    /// <param name="jacobian">dy/dx of x, or null.</param>
    /// <param name="adjoint">(dy/dx)'w of x and w, or null.</param>
    /// <exception cref="ProblemException">Function and point do not fit.</exception>
    internal (IMap Map, VariableNames? Variables, Vector X) At(
        FunctionArgument function, string role, VariableValues point, string pointRole,
        FunctionArgument? jacobian = null, FunctionArgument? adjoint = null)
    {
        var block = function.Value as ScriptBlock;
        var parameters = block is null ? null : new BlockParameters(block);
        if (parameters?.Declares("X0") != true) point = point.InPlaces();
        var variables = parameters is not null ? BlockVariables.Of(parameters, role, point, pointRole)
            : function.Value is Delegate code ? DelegateVariables.Of(code, role, point, pointRole) : null;
        var x = point.ToVector(variables, pointRole);
        var values = Known(function, role, variables, () => block is null
            ? Map(function, role, variables)
            : new ScriptBlockMap(block, role, NamedArguments.For(parameters!, variables, role, isOwn: true), variables));
        return (jacobian is null && adjoint is null ? values : Supplied(values, variables, jacobian, adjoint), variables, x);
    }

    /// <summary>A map with derivatives that are supplied for it, instead of those that it may have had.</summary>
    /// <param name="physics">The map.</param>
    /// <param name="variables">The names of the variables; null where they have none.</param>
    /// <param name="jacobian">dy/dx of x, or null.</param>
    /// <param name="adjoint">(dy/dx)'w of x and w, or null; at least one is given.</param>
    /// <exception cref="ProblemException">A parameter of a function is no variable.</exception>
    internal IMap Supplied(IMap physics, VariableNames? variables, FunctionArgument? jacobian, FunctionArgument? adjoint)
    {
        if (adjoint is not null && !TakesTwo(adjoint))
        {
            throw new ProblemException(
                "AdjointWithoutW", "Adjoint has a single parameter, but it is called with x and with w, a number for each output.",
                "Write { param($x, $w) ... }, returning (dy/dx)'w.");
        }

        var values = (physics as SuppliedDerivativesMap)?.Values ?? physics;
        return supplied.TryGetValue(values, out var known) ? known : supplied[values] = new(
            values,
            jacobian is null ? null : Call(jacobian, "Jacobian", "x", variables),
            adjoint is null ? null : Call(adjoint, "Adjoint", "x", variables, after: 1));
    }

    /// <summary>A function of y for a loss, or one of x beside the one that has the variables.</summary>
    /// <param name="function">The function.</param>
    /// <param name="role">What it is in the problem, for messages and error ids.</param>
    /// <param name="variables">The names of the variables; null where they have none, and for functions of y.</param>
    /// <exception cref="ProblemException">A parameter of the function is no variable.</exception>
    internal IMap Map(FunctionArgument function, string role, VariableNames? variables) =>
        Known(function, role, variables, () => function.Value switch
    {
        IMap map => CompiledMaps.Guarded(map, role),
        ScriptBlock block => new ScriptBlockMap(block, role, NamedArguments.For(new(block), variables, role, isOwn: false), variables),
        _ => new CallMap(Call(function, role, role == "Loss" ? "y" : "x", variables)),
    });

    /// <summary>An inverse of the physics.</summary>
    internal static IInverseMap Inverse(FunctionArgument function, VariableNames? variables) =>
        function.Value as IInverseMap ?? new CallInverse(Call(function, "Inverse", "y", variables, before: 1));

    static bool TakesTwo(FunctionArgument function) => function.Value switch
    {
        ScriptBlock block when new BlockParameters(block).All.Count == 0 =>
            block.Ast.Extent.Text.Contains("$args", StringComparison.OrdinalIgnoreCase),
        ScriptBlock block => new BlockParameters(block).All.Count > 1,
        Delegate code => DelegateVariables.Parameters(code).Length > 1,
        _ => true, // which is told later that it is none
    };

    IMap Known(FunctionArgument function, string role, VariableNames? variables, Func<IMap> make) =>
        maps.TryGetValue((function, role, variables), out var known) ? known : maps[(function, role, variables)] = make();

    static ICall Call(
        FunctionArgument function, string role, string argument, VariableNames? variables = null, int before = 0, int after = 0) =>
            function.Value switch
            {
                ScriptBlock block => new ScriptBlockCall(block, role, argument,
                    NamedArguments.For(new(block), variables, role, isOwn: false, before, after), before, variables),
                Delegate code => new CompiledCall(code, role, argument, before, variables),
                var other => throw new ProblemException(
                    $"{role}Unfit", $"{role} cannot be an object of type {other.GetType().Name}.",
                        $"Give {role} as {FunctionArgument.Wanted}."),
            };
}
