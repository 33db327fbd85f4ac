using System.Collections;
using System.Globalization;
using PhysOpt.Problems;

namespace PhysOpt;

/// <summary>The names of a problem's variables, in the order of x. The case of letters does not matter.</summary>
public sealed class VariableNames : IReadOnlyList<string>, IEquatable<VariableNames>
{
    readonly string[] names;

    /// <summary>Names in the order of x.</summary>
    /// <exception cref="ProblemException">There is none, one is empty, or two are the same.</exception>
    public VariableNames(IEnumerable<string> names)
    {
        this.names = [.. names];
        if (this.names.Length == 0 || this.names.Any(string.IsNullOrWhiteSpace))
            throw new ProblemException("VariableNameEmpty", "A variable has no name.", "Give each variable a name of its own.");
        if (this.names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ProblemException(
                "VariableNameTwice", $"Two variables have the name '{twice.Key}' (the case of letters does not matter).",
                    "Give each variable a name of its own.");
        }
    }

    /// <summary>The number of variables, n.</summary>
    public int Count => names.Length;

    /// <summary>The name of variable <paramref name="index"/>, counted from 0.</summary>
    public string this[int index] => names[index];

    /// <summary>The index of the variable of that name, in any case of letters; -1 where there is none.</summary>
    public int IndexOf(string name) => Array.FindIndex(names, each => each.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The values that are given by name, as a vector in the order of x.</summary>
    /// <param name="values">Names with their values, in any order and any case of letters.</param>
    /// <param name="role">What is given, for messages and error ids: "InitialGuess", "LowerBound", ...</param>
    /// <param name="missing">What stands for a name that is left out; null where every name is wanted.</param>
    /// <exception cref="ProblemException">A name is no variable, stands twice, or is missing.</exception>
    public Vector Arrange(IEnumerable<KeyValuePair<string, double>> values, string role, double? missing = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var arranged = new double[Count];
        var given = new bool[Count];
        foreach (var (name, value) in values)
        {
            var index = IndexOf(name);
            if (index < 0) throw Unknown(name, role);
            if (given[index]) throw new ProblemException($"{role}NameTwice", $"{role} names '{names[index]}' twice.",
                "Give each variable one value.");
            (arranged[index], given[index]) = (value, true);
        }

        for (var i = 0; i < given.Length; i++)
        {
            if (!given[i]) arranged[i] = missing ?? throw Missing(given, role);
        }

        return Vector.Wrap(arranged);
    }

    /// <summary>A point in words: "speed = 16, angle = 0.8".</summary>
    /// <param name="x">The point, n components.</param>
    /// <param name="format">How each number is written, in no culture; in full unless given.</param>
    public string Describe(Vector x, string? format = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return string.Join(", ", names.Zip(x, (name, value) => $"{name} = {value.ToString(format, CultureInfo.InvariantCulture)}"));
    }

    /// <summary>The names, joined by commas.</summary>
    public override string ToString() => string.Join(", ", names);

    /// <inheritdoc/>
    public bool Equals(VariableNames? other) => other is not null && names.SequenceEqual(other.names, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VariableNames);

    /// <inheritdoc/>
    public override int GetHashCode() => names.Length == 0 ? 0
        : HashCode.Combine(names.Length, StringComparer.OrdinalIgnoreCase.GetHashCode(names[0]));

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => names.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    ProblemException Unknown(string name, string role)
    {
        var nearest = NearestName.Of(name, names);
        return new(
            $"{role}NameUnknown",
            $"{role} names '{name}', which is no variable: {(Count == 1 ? "the variable is" : "the variables are")} {this}."
                + (nearest is null ? "" : $" Did you mean '{nearest}'?"),
            nearest is null ? $"Leave '{name}' out of {role}, or let the function have a variable of that name." : $"Write '{nearest}'.");
    }

    ProblemException Missing(bool[] given, string role)
    {
        var left = names.Where((_, i) => !given[i]).ToList();
        return new(
            $"{role}NameMissing", $"{role} does not name {string.Join(", ", left.Select(name => $"'{name}'"))}: the variables are {this}.",
            $"Give it a value too, such as @{{ {string.Join("; ", names.Select(name => $"{name} = 1"))} }}.");
    }
}
