from tests.bench import alignment

if __name__ == "__main__":
    alignment.report()
