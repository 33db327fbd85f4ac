using System.Collections;
using System.Collections.Specialized;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// How a block takes the components of x where it does not take them as one array: each by a parameter of its own, or
/// by name from one object.
/// </summary>
internal abstract class NamedArguments
{
    /// <summary>
    /// The arguments, for plain numbers as for traced ones; null where the block takes so many components as one array.
    /// </summary>
    internal abstract object?[]? Of<T>(T[] components);

    /// <summary>The names under which the block reads components of an object.</summary>
    internal virtual IReadOnlyCollection<string> MemberNames => [];

    /// <summary>How a block takes x; null for one array.</summary>
    /// <param name="block">What the block declares.</param>
    /// <param name="variables">The names of the variables; null where they have none.</param>
    /// <param name="role">What the block is in the problem, for messages and error ids.</param>
    /// <param name="isOwn">True for the block that the names are from.</param>
    /// <param name="before">The number of parameters before those of x.</param>
    /// <param name="after">The number of parameters after those of x.</param>
    /// <exception cref="ProblemException">A parameter is no variable.</exception>
    internal static NamedArguments? For(BlockParameters block, VariableNames? variables, string role, bool isOwn, int before = 0,
        int after = 0)
    {
        BlockParameters.Parameter[] parameters = [.. block.All.Skip(before).SkipLast(after)];
        var required = parameters.Count(parameter => !parameter.IsOptional);
        if (variables is null) return required > 1 ? new InTurn(required) : null;
        if (parameters.Length == 0) return null;
        if (required > 1) return ByParameter(block, parameters, variables, role);

        var first = parameters[0];
        var read = block.NamesReadOf(first, variables);
        if (read.FirstOrDefault(name => variables.IndexOf(name) < 0) is { } unknown) throw Unknown(block, variables, role,
            $"reads ${first.Name}.{unknown}", unknown);
        if (read.Count > 0) return new ByName(variables, first.IsHashtable);
        var isEach = variables.Count == 1 ? variables.IndexOf(first.Name) == 0
            : parameters.Length > 1 && (isOwn || parameters.All(parameter => variables.IndexOf(parameter.Name) >= 0));
        return isEach ? ByParameter(block, parameters, variables, role) : isOwn ? new ByName(variables, first.IsHashtable) : null;
    }

    static InOrder ByParameter(BlockParameters block, BlockParameters.Parameter[] parameters, VariableNames variables, string role)
    {
        var indices = new List<int>();
        BlockParameters.Parameter? left = null; // one with a default value, which is no variable
        foreach (var parameter in parameters)
        {
            var index = variables.IndexOf(parameter.Name);
            if (index < 0 && !parameter.IsOptional) throw Unknown(block, variables, role, $"has a parameter ${parameter.Name}",
                parameter.Name);
            if (index < 0) left ??= parameter;
            else if (left is null) indices.Add(index);
            else
            {
                throw new ProblemException(
                    $"{role}ParameterOrder",
                    $"In {role} (at {block.Position}), ${left.Name} has a default value and stands before the variable ${parameter.Name}.",
                    $"Write ${left.Name} after the variables.");
            }
        }

        return new([.. indices]);
    }

    static ProblemException Unknown(BlockParameters block, VariableNames variables, string role, string what, string name)
    {
        var nearest = NearestName.Of(name, variables);
        return new(
            $"{role}NameUnknown",
            $"{role} (at {block.Position}) {what}, which is no variable: " +
                $"{(variables.Count == 1 ? "the variable is" : "the variables are")} {variables}."
                + (nearest is null ? "" : $" Did you mean '{nearest}'?"),
            nearest is null ? $"Name '{name}' in -InitialGuess too, or give the parameter a default value." : $"Write '{nearest}'.");
    }

    /// <summary>
    /// Several parameters without names known to the problem: where there are as many as components, one for each.
    /// </summary>
    sealed class InTurn(int count) : NamedArguments
    {
        internal override object?[]? Of<T>(T[] components) => components.Length == count ? [.. components.Cast<object?>()] : null;
    }

    /// <summary>
    /// A parameter for each of some components, whose indices are given in the order of the parameters.
    /// </summary>
    sealed class InOrder(int[] indices) : NamedArguments
    {
        internal override object?[]? Of<T>(T[] components)
        {
            var arguments = new object?[indices.Length];
            for (var i = 0; i < indices.Length; i++) arguments[i] = components[indices[i]];
            return arguments;
        }
    }

    /// <summary>One dictionary from names to components, made anew for each call.</summary>
    sealed class ByName(VariableNames variables, bool asHashtable) : NamedArguments
    {
        internal override IReadOnlyCollection<string> MemberNames => variables;

        internal override object?[]? Of<T>(T[] components)
        {
            IDictionary table = asHashtable
                ? new Hashtable(components.Length, StringComparer.OrdinalIgnoreCase)
                : new OrderedDictionary(components.Length, StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < components.Length; i++) table.Add(variables[i], components[i]);
            return [table];
        }
    }
}
