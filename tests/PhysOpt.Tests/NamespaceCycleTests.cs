namespace PhysOpt.Tests
{
    /// <summary>No two namespaces of an assembly depend on each other, however long the way round.</summary>
    public class NamespaceCycleTests
    {
        static readonly HashSet<string> RootTypes = [.. House.Rooms.SelectMany(room => room.Types).Select(type => type.FullName!)];

        /// <summary>
        /// A namespace is a room; types that users know by short names, in a namespace above, are in the room that the house gives them.
        /// </summary>
        static string? RoomOf(string space, string name) =>
            !space.StartsWith("PhysOpt", StringComparison.Ordinal) ? null
            : RootTypes.Contains($"{space}.{name}") ? $"PhysOpt.{House.RoomOf(space, name)}"
            : space;

        [Theory]
        [InlineData("PhysOpt.dll", 20)]
        [InlineData("PhysOpt.PowerShell.dll", 6)]
        public void No_two_namespaces_depend_on_each_other(string assembly, int rooms)
        {
            var uses = TypeUses.Between(RepositoryRoot.PathOf("bin", assembly), (space, name) => RoomOf(space, name));
            Assert.True(uses.Keys.Select(use => use.From).Distinct().Count() >= rooms);
            Assert.Equal([], TypeUses.Cycles(uses.Keys));
        }

        [Fact]
        public void A_cycle_would_be_seen_in_whatever_place_it_is()
        {
            var uses = TypeUses.Between(
                typeof(NamespaceCycleTests).Assembly.Location,
                (space, _) => space.StartsWith("Circular", StringComparison.Ordinal) ? space : null);
            string[] cycles = ["Circular.First and Circular.Second and Circular.Third", "Circular.Here and Circular.There"];
            Assert.Equal(cycles, TypeUses.Cycles(uses.Keys));
        }

        [Fact]
        public void One_way_is_no_cycle() => Assert.Equal([], TypeUses.Cycles([("a", "b"), ("b", "c"), ("a", "c"), ("d", "a")]));
    }
}

namespace Circular.First
{
    internal static class Body
    {
        internal static object Make() => Second.Argument.Instance;
    }
}

namespace Circular.Second
{
    internal sealed class Argument : List<Third.Element[]>
    {
        internal static readonly Argument Instance = [];
    }
}

namespace Circular.Third
{
    internal sealed record Element
    {
        public override string ToString() => string.Concat(Enumerable.Repeat("", 1).Select(_ => First.Body.Make()));
    }
}

namespace Circular.Here
{
    [There.Marked(typeof(There.Marked))]
    internal interface IHolder<T>
        where T : Attribute;
}

namespace Circular.There
{
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class Marked(Type type) : Attribute
    {
        internal Type Type => type;

        internal static bool IsHolder(object given)
        {
            try
            {
                return given is Here.IHolder<Marked>;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }
}

namespace Circular.Beside
{
    internal sealed class Neighbour : List<Here.IHolder<Attribute>>;
}
