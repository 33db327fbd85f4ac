using System.Globalization;
using PhysOpt.Functions;

namespace PhysOpt;

/// <summary>The checks of points and bounds, and the words for what is wrong with them.</summary>
internal static class ProblemChecks
{
    internal static Vector Start(Vector? start, string name, VariableNames? variables = null)
    {
        if (start is null || start.Count == 0)
            throw new ProblemException($"{name}Empty", $"{name} has no components.",
                $"Give {name} one number for each component of x, such as 3,3.");
        for (var i = 0; i < start.Count; i++)
        {
            if (!double.IsFinite(start[i]))
                throw new ProblemException($"{name}NotFinite", $"{name} {Component(i, variables)} is {Show(start[i])}.",
                    $"Give {name} finite numbers only.");
        }

        return start;
    }

    /// <summary>A target of finite numbers; null where none is given.</summary>
    internal static Vector? Target(Vector? target)
    {
        for (var i = 0; i < target?.Count; i++)
        {
            if (!double.IsFinite(target[i]))
                throw new ProblemException("TargetNotFinite", $"Target component {i} is {Show(target[i])}.",
                    "Give Target finite numbers only; leave out what was not measured, in the physics too.");
        }

        return target;
    }

    internal static void Length(int dimension, Vector vector, string name, string reference = "InitialGuess")
    {
        if (vector.Count != dimension)
        {
            throw new ProblemException(
                $"{name}LengthMismatch", $"{name} has {Plural.Of(vector.Count, "component")}, but {reference} has {dimension}.",
                    $"Give {name} {Plural.Of(dimension, "component")}.");
        }
    }

    /// <summary>As many names as the start has numbers.</summary>
    internal static void Names(int dimension, VariableNames variables)
    {
        if (variables.Count != dimension)
        {
            throw new ProblemException(
                "InitialGuessLengthMismatch",
                $"InitialGuess has {Plural.Of(dimension, "component")}, but there " +
                    $"{(variables.Count == 1 ? "is" : "are")} {Plural.Of(variables.Count, "variable")}: {variables}.",
                $"Give one number for each, or name them: @{{ {string.Join("; ", variables.Select(name => $"{name} = 1"))} }}.");
        }
    }

    /// <summary>A bound for each of n components: one number is that of all.</summary>
    internal static Vector? Spread(Vector? bound, int dimension) =>
        bound is { Count: 1 } && dimension > 1 ? new Vector([.. Enumerable.Repeat(bound[0], dimension)]) : bound;

    internal static void Bounds(int dimension, Vector? lower, Vector? upper, VariableNames? variables = null)
    {
        if (lower is not null) Bound(dimension, lower, "LowerBound", double.PositiveInfinity, variables);
        if (upper is not null) Bound(dimension, upper, "UpperBound", double.NegativeInfinity, variables);
        if (lower is null || upper is null) return;
        for (var i = 0; i < dimension; i++)
        {
            if (lower[i] > upper[i])
            {
                throw new ProblemException(
                    "BoundsCrossed",
                    $"LowerBound {Show(lower[i])} is above UpperBound {Show(upper[i])} in {Component(i, variables)}.",
                    "Exchange the two, or widen them.");
            }
        }
    }

    /// <summary>A component in words: by its name where it has one.</summary>
    internal static string Component(int index, VariableNames? variables) => variables is not null && index < variables.Count
        ? $"'{variables[index]}'" : $"component {index}";

    static void Bound(int dimension, Vector bound, string name, double forbidden, VariableNames? variables)
    {
        Length(dimension, bound, name);
        for (var i = 0; i < dimension; i++)
        {
            if (double.IsNaN(bound[i]))
                throw new ProblemException($"{name}NotANumber", $"{name} {Component(i, variables)} is NaN.",
                    $"Use a number, or an infinity where there is no bound.");
            if (bound[i] == forbidden)
                throw new ProblemException($"{name}Infinite",
                    $"{name} {Component(i, variables)} is {Show(forbidden)}, which no number satisfies.",
                        $"Use a number, or {Show(-forbidden)} where there is no bound.");
        }
    }

    static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);
}
