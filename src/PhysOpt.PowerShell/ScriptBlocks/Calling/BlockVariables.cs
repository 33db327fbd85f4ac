using PhysOpt.Functions;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>Which variables a block has, by what it declares and by the point that it is given.</summary>
/// <remarks>
/// A block with several parameters has one for each that must be given, in their order; those with default values are
/// variables where the point names them. A block that reads names of its single parameter has those, in the order of
/// the alphabet; where it hands the parameter on, also those that the point names. Any other block has a list of
/// numbers without names.
/// </remarks>
internal static class BlockVariables
{
    /// <summary>The names of a block's variables; null where they have none.</summary>
    /// <param name="block">What the block declares.</param>
    /// <param name="role">What it is in the problem, for messages: "Physics", "Objective", "Function".</param>
    /// <param name="point">Where it is to be called.</param>
    /// <param name="pointRole">What the point is called: "InitialGuess", "At".</param>
    /// <exception cref="ProblemException">Block and point do not fit.</exception>
    internal static VariableNames? Of(BlockParameters block, string role, VariableValues point, string pointRole)
    {
        var required = block.Required.Select(parameter => parameter.Name).ToList();
        if (block.All.Count > 1) return OfSeveral(block, required, role, point, pointRole);
        if (block.All.Count == 0) return point.InOrder is not null ? null : throw NoNames(block, role, point, pointRole);

        var only = block.All[0];
        string[] given = [.. point.Names];
        var read = block.NamesReadOf(only, given);
        if (point.InOrder is { } numbers) return read.Count == 0 ? null : Counted(read, numbers.Count, block, role, pointRole);
        if (read.Count == 0 && given is [var name] && name.Equals(only.Name, StringComparison.OrdinalIgnoreCase)) return new([only.Name]);
        if (!block.IsHandedOn(only)) return read.Count > 0 ? Named(read, point, block, role, pointRole)
            : throw NoNames(block, role, point, pointRole);
        return Named([.. read.Concat(given).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)], point,
            block, role, pointRole);
    }

    static VariableNames? OfSeveral(BlockParameters block, List<string> required, string role, VariableValues point, string pointRole)
    {
        string[] all = [.. block.All.Select(parameter => parameter.Name)];
        if (point.InOrder is not { } numbers)
        {
            if (required.Count < 2 && block.NamesReadOf(block.All[0], [.. point.Names]) is { Count: > 0 } read)
                return Named(read, point, block, role, pointRole);
            return Named([.. all.Where(name => required.Contains(name) || point.Names.Contains(name, StringComparer.OrdinalIgnoreCase))],
                point, block, role, pointRole, all);
        }

        if (required.Count == 1) // param($x, $scale = 2)
            return block.NamesReadOf(block.All[0]) is { Count: > 0 } names ? Counted(names, numbers.Count, block, role, pointRole) : null;
        return Counted(required.Count > 0 && numbers.Count != all.Length ? required : all, numbers.Count, block, role, pointRole);
    }

    /// <summary>
    /// The names, where they are those of the point; the values themselves are looked at when they are put in order.
    /// </summary>
    static VariableNames Named(
        IReadOnlyList<string> names, VariableValues point, BlockParameters block, string role, string pointRole,
        IReadOnlyList<string>? possible = null)
    {
        var variables = new VariableNames(names.Count > 0 ? names : possible!);
        try
        {
            point.ToVector(variables, pointRole);
        }
        catch (ProblemException exception) when (exception.ErrorId.StartsWith(pointRole + "Name", StringComparison.Ordinal))
        {
            throw new ProblemException(exception.ErrorId, $"{exception.Message} They are those of {role}, at {block.Position}.",
                exception.RecommendedAction);
        }

        return variables;
    }

    static VariableNames Counted(IReadOnlyList<string> names, int count, BlockParameters block, string role, string pointRole) =>
        count == names.Count
        ? new(names)
        : throw new ProblemException(
            $"{pointRole}LengthMismatch",
            $"{pointRole} has {Plural.Of(count, "component")}, but {role} (at {block.Position}) has " +
                $"{Plural.Of(names.Count, "variable")}: {string.Join(", ", names)}.",
            $"Give one number for each, or name them: @{{ {string.Join("; ", names.Select(name => $"{name} = 1"))} }}.");

    static ProblemException NoNames(BlockParameters block, string role, VariableValues point, string pointRole)
    {
        var parameter = block.All.Count > 0 ? block.All[0].Name : "x";
        return new(
            $"{pointRole}ByName",
            $"{pointRole} is given by name ({string.Join(", ", point.Names)}), but {role} (at {block.Position}) takes its variables as " +
                $"one list"
                + $"{(block.All.Count > 0 ? $", ${parameter}" : "")}.",
            $"Write param({string.Join(", ", point.Names.Select(name => "$" + name))}), or " +
                $"${parameter}.{point.Names.FirstOrDefault() ?? "name"}; or give {pointRole} as numbers, such as 1, 2.");
    }
}
