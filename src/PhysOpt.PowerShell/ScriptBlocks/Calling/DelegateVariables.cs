using System.Reflection;
using PhysOpt.Functions;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Which variables a delegate has: one for each of several doubles, by the names of its method's parameters. Any other takes x as one
/// vector, without names.
/// </summary>
internal static class DelegateVariables
{
    /// <summary>The names of a delegate's variables; null where they have none.</summary>
    /// <param name="code">The delegate.</param>
    /// <param name="role">What it is in the problem, for messages: "Physics", "Objective", "Function".</param>
    /// <param name="point">Where it is to be called.</param>
    /// <param name="pointRole">What the point is called: "InitialGuess", "At".</param>
    /// <exception cref="ProblemException">It takes another number of variables than the point has.</exception>
    internal static VariableNames? Of(Delegate code, string role, VariableValues point, string pointRole)
    {
        var parameters = Parameters(code);
        if (parameters.Length < 2 || parameters.Any(parameter => parameter.ParameterType != typeof(double))) return null;
        var names = parameters.Select(parameter => parameter.Name ?? "").ToArray();
        if (point.InOrder is { } numbers && numbers.Count != names.Length)
        {
            throw new ProblemException(
                $"{pointRole}LengthMismatch",
                $"{pointRole} has {Plural.Of(numbers.Count, "component")}, but {role}, {NameOf(code)}, takes {names.Length}.",
                "Give one number for each of its parameters.");
        }

        return names.Any(string.IsNullOrWhiteSpace) ? null : new(names);
    }

    /// <summary>The parameters, with the names that they have in the method itself where it has the same ones.</summary>
    internal static ParameterInfo[] Parameters(Delegate code)
    {
        var declared = code.GetType().GetMethod("Invoke")!.GetParameters();
        var own = code.Method.GetParameters(); // the method that a script block was compiled to has one more
        return own.Length == declared.Length ? own : [.. declared.Select(parameter => new Unnamed(parameter))];
    }

    /// <summary>A delegate in messages: the method, where it has a name.</summary>
    internal static string NameOf(Delegate code) =>
        code.Method.DeclaringType is { } type ? $"{type.Name}.{code.Method.Name}" : "a delegate";

    /// <summary>A parameter of a delegate type: arg1, arg2 are no names of variables.</summary>
    sealed class Unnamed(ParameterInfo declared) : ParameterInfo
    {
        public override Type ParameterType => declared.ParameterType;

        public override string? Name => null;
    }
}
